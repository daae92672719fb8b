import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { MessageId, OutboundMessage, OutboxId, TicketId } from '#libs/contracts';
import { OutboxRepository } from '#libs/channels';
import type { Db } from '#libs/database';
import { DeskError, Secrets } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { AttachmentsRepository, type StoredFile } from './attachments.repository.js';
import type { Mover } from './moves.service.js';
import { ReachService } from './reach.service.js';
import { chooseRoute, type ReplyRoute } from './reply-route.js';
import { outboundIdOf, tagPurpose, ticketTag } from './ticket-tag.js';
import { TimelineRepository } from './timeline.repository.js';
import type { Ticket } from './ticket.js';

export interface ReplyDraft {
  /** Markdown subset of `OutboundMessage.text`. */
  readonly text: string;
  /** Picked by the specialist; otherwise the answer goes the way the request came. */
  readonly channel: string | undefined;
  readonly files: readonly StoredFile[];
  /** The newest message that the author had read: the answer is refused when another came since. */
  readonly basedOn?: MessageId | undefined;
  /** The same at every repetition of the same answer. */
  readonly idem?: string | undefined;
}

export interface WrittenReply {
  readonly messageId: MessageId;
  readonly channel: string;
  /** What was put into the outbox; empty where the answer waits on the requester's page. */
  readonly outboxIds: readonly OutboxId[];
}

/** How far back the thread in the requester's program is named. */
const referencesKept = 10;

/** Writes an answer and what is to be sent, in the caller's transaction: both are kept or neither. */
@Injectable()
export class ReplyService {
  constructor(
    private readonly timeline: TimelineRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly reach: ReachService,
    private readonly outbox: OutboxRepository,
    private readonly secrets: Secrets,
    private readonly events: EventsRepository,
  ) {}

  /** `ticket` is locked by the caller. Ring the channel's outbound job with the outbox ids after the commit. */
  async write(tx: Db, ticket: Ticket, draft: ReplyDraft, by: Mover): Promise<WrittenReply> {
    await this.mustBeCurrent(tx, ticket.id, draft.basedOn);
    const choice = chooseRoute(ticket, draft.channel, await this.reach.of(tx, ticket.requesterId));
    if (!choice.ok) throw new DeskError(choice.code, choice.detail);
    const { route } = choice;
    const channel = route?.channel ?? ticket.channel;
    const messageId = await this.timeline.add(tx, {
      ticketId: ticket.id,
      type: 'reply',
      channel,
      accountId: route?.accountId ?? ticket.accountId,
      authorType: by.type,
      authorId: by.id,
      authorName: by.name,
      text: draft.text,
      idem: draft.idem,
    });
    await this.attachments.add(tx, messageId, draft.files);
    const outboxIds = route ? await this.send(tx, ticket, messageId, route, draft) : [];
    await this.events.add(tx, [
      { type: 'message.added', ticketId: ticket.id, queueId: ticket.queueId, data: { messageId, type: 'reply' } },
    ]);
    return { messageId, channel, outboxIds };
  }

  /** The answer that an earlier call with the same `idem` wrote. */
  async earlier(tx: Db, ticketId: TicketId, idem: string | undefined): Promise<WrittenReply | undefined> {
    const entry = idem === undefined ? undefined : await this.timeline.byIdem(tx, ticketId, idem);
    if (!entry) return undefined;
    const sent = await this.outbox.byMessages(tx, [entry.id]);
    return { messageId: entry.id, channel: entry.channel, outboxIds: sent.map(({ id }) => id) };
  }

  private async mustBeCurrent(tx: Db, ticketId: TicketId, basedOn: MessageId | undefined): Promise<void> {
    const newest = basedOn ? await this.timeline.newestPublic(tx, ticketId) : undefined;
    if (basedOn && newest && BigInt(newest) > BigInt(basedOn)) {
      throw new DeskError('precondition_failed', { text: 'refusal.newerMessage', message: newest });
    }
  }

  private async send(
    tx: Db,
    ticket: Ticket,
    messageId: MessageId,
    route: ReplyRoute,
    draft: ReplyDraft,
  ): Promise<readonly OutboxId[]> {
    const tag = ticketTag(ticket.id, (text) => this.secrets.mac(tagPurpose, text));
    const message: OutboundMessage = {
      v: 1,
      to: route.to,
      ...(route.from && { from: route.from }),
      subject: ticket.subject,
      text: draft.text,
      attachments: draft.files.map(({ name, mediaType, bytes, content }) => ({ name, mediaType, bytes, content })),
      references: [...(await this.timeline.references(tx, ticket.id, route.channel, referencesKept))],
      automatic: false,
      ticketNumber: ticket.number,
      replyTag: tag,
      locale: ticket.locale,
    };
    return this.outbox.add(tx, [
      {
        ticketId: ticket.id,
        messageId,
        orderKey: `t${ticket.id}`,
        channel: route.channel,
        accountId: route.accountId,
        message,
        externalId: outboundIdOf(tag, randomBytes(8)),
        idem: `reply:${messageId}`,
        automatic: false,
      },
    ]);
  }
}
