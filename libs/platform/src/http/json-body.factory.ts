import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DeskError } from '../refusals/desk-error.js';

type Done = (error: Error | null, body?: unknown) => void;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bodies are JSON in UTF-8 (RFC 8259, 8.1): another charset is refused, and so are bytes that are not UTF-8, which
 * would be stored as something that nobody wrote.
 */
export function readJsonBodies(app: NestFastifyApplication): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  const parse = server.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', undefined, (request: FastifyRequest, bytes: Buffer, done: Done) => {
    if (!isUtf8(request.headers['content-type'])) return done(new DeskError('unsupported_media_type'));
    let text: string;
    try {
      text = utf8.decode(bytes);
    } catch {
      return done(new DeskError('malformed_body'));
    }
    // Fastify's own types know only its callback form.
    return (parse as (request: FastifyRequest, text: string, done: Done) => void)(request, text, done);
  });
}

const isUtf8 = (contentType = ''): boolean => {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
};
