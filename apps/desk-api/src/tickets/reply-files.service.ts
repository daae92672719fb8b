import { Injectable } from '@nestjs/common';
import { principalName, type Principal } from '#libs/access';
import { FileStore } from '#libs/files';
import { DeskError, type Fault, Secrets } from '#libs/platform';
import { readUploadToken, uploadToken, type StoredFile, type Upload } from '#libs/tickets';
import type { z } from 'zod';
import type { replyFiles } from './ticket-shapes.js';

/** How much may stand inside a reply; larger files are uploaded first. */
const inlineMegabytes = 1;

type Named = z.output<typeof replyFiles>;

/** Files of an answer: uploaded ahead by the same caller, or written into the reply. */
@Injectable()
export class ReplyFiles {
  constructor(
    private readonly files: FileStore,
    private readonly secrets: Secrets,
  ) {}

  /** Keeps a file and gives the name by which its uploader may attach it within a day. */
  async upload(file: Omit<Upload, 'content' | 'bytes'>, bytes: Uint8Array, by: Principal) {
    const [content = ''] = await this.files.put([bytes]);
    const upload: Upload = { ...file, content, bytes: bytes.byteLength };
    const token = uploadToken(upload, principalName(by), new Date(), (text) => this.secrets.mac('upload', text));
    return { upload: token, name: upload.name, mediaType: upload.mediaType, bytes: upload.bytes };
  }

  async gather(named: Named, by: Principal): Promise<readonly StoredFile[]> {
    const inline = named.flatMap((file) => ('base64' in file ? [Buffer.from(file.base64, 'base64')] : []));
    if (inline.reduce((sum, bytes) => sum + bytes.byteLength, 0) > inlineMegabytes * 1_000_000) {
      throw new DeskError('attachment_too_large', { text: 'refusal.inlineTooLarge', megabytes: inlineMegabytes });
    }
    const owner = principalName(by);
    const faults: Fault[] = [];
    const read = named.map((file, index) => {
      if ('base64' in file) return undefined;
      const upload = readUploadToken(file.upload, owner, new Date(), (text) => this.secrets.mac('upload', text));
      if (!upload) faults.push({ path: `attachments.${index}.upload`, message: 'fault.noUpload' });
      return upload;
    });
    if (faults.length > 0) throw new DeskError('invalid_input', undefined, faults);
    const keys = [...(inline.length > 0 ? await this.files.put(inline) : [])];
    return named.map((file, index) => read[index] ?? stored(file, keys.shift() ?? ''));
  }
}

function stored(file: Named[number], content: string): StoredFile {
  if (!('base64' in file)) throw new Error('an upload without its file');
  return { name: file.name, mediaType: file.mediaType, bytes: Buffer.byteLength(file.base64, 'base64'), content };
}
