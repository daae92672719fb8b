import { Injectable } from '@nestjs/common';
import type {} from '@fastify/multipart';
import { DeskError } from '#libs/contracts';
import { FileStore } from '#libs/files';
import { faultText } from '#libs/platform';
import type { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { partBytes } from '../pages/part-bytes.js';
import { type FormFields, formFields, type StoredRequest } from './form-request.js';

export interface FormBody {
  readonly fields: FormFields;
  readonly files: StoredRequest['files'];
}

interface Upload {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const mostBytes = 30 * 1024 * 1024;
const limits = {
  files: 10,
  fields: 20,
  parts: 30,
  fieldSize: 400_000,
  fieldNameSize: 100,
  headerPairs: 20,
  fileSize: mostBytes,
};

/** As the pipe of the other routes reads: the filter tells what it finds in the reader's language. */
const asked: z.core.ParseContext<z.core.$ZodIssue> = {
  reportInput: true,
  error: (issue) => faultText('en', issue),
};

/** Reads what a form sends: JSON, or multipart with files, which go to the content store before anything else. */
@Injectable()
export class FormBodyReader {
  constructor(private readonly files: FileStore) {}

  async read(request: FastifyRequest): Promise<FormBody> {
    if (!request.isMultipart()) return { fields: formFields.parse(request.body ?? {}, asked), files: [] };
    const { fields, uploads } = await this.parts(request).catch(malformed);
    // The fields are looked at before a byte is kept.
    const checked = formFields.parse(fields, asked);
    return { fields: checked, files: await this.keep(uploads) };
  }

  private async parts(request: FastifyRequest) {
    const fields: Record<string, unknown> = {};
    const uploads: Upload[] = [];
    let left = mostBytes;
    for await (const part of request.parts({ limits })) {
      if (part.type === 'field') {
        if (part.valueTruncated || part.fieldnameTruncated) throw new DeskError('payload_too_large');
        if (Object.hasOwn(fields, part.fieldname)) throw twice(part.fieldname);
        fields[part.fieldname] = part.value;
        continue;
      }
      const bytes = await partBytes(part);
      left -= bytes.byteLength;
      if (left < 0) throw new DeskError('payload_too_large', 'All files together may have 30 MiB.');
      uploads.push({ name: fileName(part.filename), mediaType: mediaType(part.mimetype), bytes });
    }
    return { fields, uploads };
  }

  private async keep(uploads: readonly Upload[]): Promise<FormBody['files']> {
    // A browser sends an empty part for a file field that was left empty.
    const real = uploads.filter(({ name, bytes }) => bytes.byteLength > 0 || name !== 'file');
    const keys = await this.files.put(real.map(({ bytes }) => bytes));
    return real.map(({ name, mediaType, bytes }, index) => ({
      name,
      mediaType,
      bytes: bytes.byteLength,
      content: keys[index] as string,
    }));
  }
}

/** The parser's own complaints have no code: the body is cut off or not what its header says. */
function malformed(fault: Error & { code?: unknown }): never {
  if (fault instanceof DeskError || fault.code !== undefined) throw fault;
  throw new DeskError('malformed_body', 'The multipart body is cut off or malformed.', [], { cause: fault });
}

const twice = (path: string) => new DeskError('invalid_input', undefined, [{ path, message: 'Given twice.' }]);

/** The last part of whatever path a browser sent, without what ends a header or a file name. */
const fileName = (name: string | undefined): string => {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069"]+/gu, ' ').trim();
  return [...clean].slice(-200).join('') || 'file';
};

const mediaType = (type: string): string =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type.toLowerCase() : 'application/octet-stream';
