import { Body, Controller, Param, Post } from '@nestjs/common';
import type { Principal } from '#libs/access';
import type { MessageId, TicketId } from '#libs/contracts';
import { AnswerService } from '#libs/routing';
import { DeliveryService, NoteService } from '#libs/tickets';
import type { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { ReplyFiles } from './reply-files.service.js';
import { noBody, noteBody, replyBody } from './ticket-shapes.js';
import { messageShape, replyAnswer } from './timeline-shapes.js';
import { WrittenViews } from './written-views.service.js';

/** What people add to a ticket, and what they decide about answers that did not arrive. */
@Controller('api/v1/tickets/:id')
export class RepliesController {
  constructor(
    private readonly answers: AnswerService,
    private readonly notes: NoteService,
    private readonly deliveries: DeliveryService,
    private readonly files: ReplyFiles,
    private readonly views: WrittenViews,
  ) {}

  @Post('replies')
  @Route('tickets.reply', {
    summary: 'Answer the requester, by the channel the request came by or another they are known on',
    status: 202,
    answer: replyAnswer,
    ifMatch: 'optional',
  })
  async reply(
    @Param('id', { schema: idShape }) id: TicketId,
    @Body({ schema: replyBody }) { text, channel, attachments, then, basedOn }: z.output<typeof replyBody>,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
    @IdempotencyKey() key: string | undefined,
  ) {
    const files = await this.files.gather(attachments, caller);
    const idem = key && `reply:${id}:${key}`;
    const given = await this.answers.reply(id, { text, channel, files, then, basedOn, idem }, caller, { versions });
    return this.views.reply(given.ticket, given.messageId);
  }

  @Post('notes')
  @Route('tickets.note', { summary: 'Add a note that only the desk sees', answer: messageShape })
  async note(
    @Param('id', { schema: idShape }) id: TicketId,
    @Body({ schema: noteBody }) { text }: z.output<typeof noteBody>,
    @Caller() caller: Principal,
  ) {
    return this.views.message(id, await this.notes.note(id, text, caller));
  }

  @Post('messages/:messageId/resend')
  @Route('deliveries.retry', {
    summary: 'Send an answer again that failed or may be lost',
    status: 202,
    answer: messageShape,
  })
  async resend(
    @Param('id', { schema: idShape }) id: TicketId,
    @Param('messageId', { schema: idShape }) messageId: MessageId,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    await this.deliveries.resend(id, messageId);
    return this.views.message(id, messageId);
  }

  @Post('messages/:messageId/mark-delivered')
  @Route('deliveries.markSent', { summary: 'Say that an answer did arrive', status: 200, answer: messageShape })
  async markDelivered(
    @Param('id', { schema: idShape }) id: TicketId,
    @Param('messageId', { schema: idShape }) messageId: MessageId,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    await this.deliveries.markDelivered(id, messageId);
    return this.views.message(id, messageId);
  }
}
