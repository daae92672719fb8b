import type { Readable } from 'node:stream';
import { Controller, Get, Param, Post, Req, Res, StreamableFile } from '@nestjs/common';
import type {} from '@fastify/multipart';
import type { Principal } from '#libs/access';
import { InboxRepository } from '#libs/channels';
import type { AttachmentId, MessageId, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { FileStore } from '#libs/files';
import { DeskError } from '#libs/platform';
import { AttachmentsRepository, TimelineRepository } from '#libs/tickets';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { attachmentHeaders } from '../pages/download.js';
import { partBytes } from '../pages/part-bytes.js';
import { idShape } from '../pages/shapes.js';
import { ReplyFiles } from './reply-files.service.js';
import { uploadShape } from './timeline-shapes.js';

const mostBytes = 25 * 1024 * 1024;
const limits = { files: 1, fields: 0, parts: 1, headerPairs: 20, fileSize: mostBytes };

/** Files of a ticket: each is found through the ticket that the reader may see. */
@Controller('api/v1')
export class TicketFilesController {
  constructor(
    private readonly database: Database,
    private readonly attachments: AttachmentsRepository,
    private readonly timeline: TimelineRepository,
    private readonly inbox: InboxRepository,
    private readonly files: FileStore,
    private readonly replyFiles: ReplyFiles,
  ) {}

  @Post('attachments')
  @Route('attachments.upload', {
    summary: 'Upload one file (multipart) to attach to a reply within a day',
    body: z.object({ file: z.file() }),
    files: 'only',
    answer: uploadShape,
    idempotent: false,
  })
  async upload(@Req() request: FastifyRequest, @Caller() caller: Principal) {
    if (!request.isMultipart()) throw new DeskError('unsupported_media_type', 'refusal.sendMultipart');
    const part = await request.file({ limits });
    if (!part) throw new DeskError('invalid_input', undefined, [{ path: 'file', message: 'fault.noFile' }]);
    const bytes = await partBytes(part);
    const named = { name: fileName(part.filename), mediaType: mediaType(part.mimetype) };
    return this.replyFiles.upload(named, bytes, caller);
  }

  @Get('tickets/:id/attachments/:attachmentId')
  @Route('attachments.get', { summary: 'The bytes of an attachment', download: true })
  async download(
    @Param('id', { schema: idShape }) id: TicketId,
    @Param('attachmentId', { schema: idShape }) attachmentId: AttachmentId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const attachment = await this.attachments.get(this.database.db, id, attachmentId);
    if (!attachment) throw new DeskError('not_found', 'refusal.noAttachment');
    const { content, missing } = attachment;
    if (!content) throw new DeskError('content_missing', missing ? `refusal.contentNeverTaken.${missing}` : undefined);
    return this.give(reply, content, attachment.name, Number(attachment.bytes));
  }

  @Get('tickets/:id/messages/:messageId/raw')
  @Route('tickets.original', { summary: 'A message byte by byte as it came', download: true })
  async original(
    @Param('id', { schema: idShape }) id: TicketId,
    @Param('messageId', { schema: idShape }) messageId: MessageId,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const entry = await this.timeline.get(this.database.db, id, messageId);
    const row = entry?.inboxId ? await this.inbox.get(this.database.db, entry.inboxId) : undefined;
    if (!row) throw new DeskError('not_found', 'refusal.noOriginal');
    const ending = row.channel === 'email' ? 'eml' : 'json';
    return this.give(reply, row.raw, `message-${messageId}.${ending}`, row.rawBytes);
  }

  private async give(reply: FastifyReply, content: string, name: string, bytes: number): Promise<StreamableFile> {
    const stream = (await this.files.stream(content)) as Readable;
    void reply.headers(attachmentHeaders(name, bytes));
    return new StreamableFile(stream);
  }
}

/** The last part of whatever path a browser sent. */
const fileName = (given: string | undefined): string => {
  const last = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069"]+/gu, ' ').trim();
  return Array.from(clean).slice(-200).join('') || 'file';
};

const mediaType = (given: string): string =>
  /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(given) ? given.toLowerCase() : 'application/octet-stream';
