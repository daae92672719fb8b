import { Injectable } from '@nestjs/common';
import type { InboxId, MessageId, TicketId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { CallsRepository } from '../calls.repository.js';
import { ConversationsRepository } from './conversations.repository.js';
import { inboundMessageOf, inboundTicketOf } from './inbound-records.js';
import { isHuman } from './is-human.js';
import { RecordInboundRepository } from './record-inbound.repository.js';
import {
  unconfirmedFlag,
  type OpenedTicket,
  type Opening,
  type Recording,
  type Touch,
  type TouchedTicket,
} from './recording.js';
import { requesterLocale } from './requester-locale.js';

/** Writes inbound messages and the tickets they open or continue. */
@Injectable()
export class RecordInboundService {
  constructor(
    private readonly records: RecordInboundRepository,
    private readonly conversations: ConversationsRepository,
    private readonly calls: CallsRepository,
  ) {}

  async open(tx: Db, openings: readonly Opening[]): Promise<OpenedTicket[]> {
    if (openings.length === 0) return [];
    const tickets = openings.map(({ item, ...placement }) => inboundTicketOf(item, placement));
    const added = await this.records.addTickets(tx, tickets);
    return openings.map(({ item: { row } }, index) => {
      const ticket = added[index];
      if (!ticket) throw new Error('fewer tickets were added than asked for');
      return { ...ticket, row, locale: requesterLocale(row.message) };
    });
  }

  /**
   * Shows in the tickets that something was added; a human message wakes a ticket that nobody works. Throws when
   * one of them was merged away this very moment: the round is done again and follows it.
   */
  async touch(tx: Db, recordings: readonly Recording[]): Promise<readonly TouchedTicket[]> {
    if (recordings.length === 0) return [];
    const touches = new Map<TicketId, { ticketId: TicketId; touch: Touch; outcome: string | null }>();
    for (const recording of recordings) {
      const { item, ticketId } = recording;
      const touch = touchOf(recording);
      if (touch === 'show' && touches.has(ticketId)) continue;
      touches.set(ticketId, { ticketId, touch, outcome: item.row.message.call?.outcome ?? null });
    }
    const touched = await this.records.touch(tx, [...touches.values()]);
    if (touched.length < touches.size) throw new Error('a ticket was merged while its message was routed');
    return touched;
  }

  /** Messages with their files and calls; gives the message of each inbox row. */
  async write(tx: Db, recordings: readonly Recording[]): Promise<ReadonlyMap<InboxId, MessageId>> {
    if (recordings.length === 0) return new Map();
    const messages = await this.records.addMessages(tx, recordings.map(inboundMessageOf));
    const written = recordings.map(({ item: { row }, ticketId }) => {
      const messageId = messages.get(row.id);
      if (!messageId) throw new Error(`inbox row ${row.id} got no message`);
      return { row, ticketId, messageId };
    });
    await this.records.addAttachments(
      tx,
      written.flatMap(({ row, messageId }) => row.message.attachments.map((attachment) => ({ messageId, attachment }))),
    );
    await this.calls.add(
      tx,
      written.flatMap(
        ({
          row: {
            message: { call },
          },
          ticketId,
          messageId,
        }) => (call ? [{ messageId, ticketId, call }] : []),
      ),
    );
    await this.turn(tx, recordings);
    return messages;
  }

  private async turn(tx: Db, recordings: readonly Recording[]): Promise<void> {
    await this.conversations.turn(
      tx,
      recordings.flatMap(({ item: { row }, ticketId, opened }) => {
        const { conversation } = row.message.thread;
        return conversation === undefined ? [] : [{ accountId: row.accountId, conversation, ticketId, opened }];
      }),
    );
  }
}

/** A call that we made answers the requester: it wakes nobody, and neither does a robot or a stranger. */
function touchOf({ item: { row }, flags }: Recording): Touch {
  const { call } = row.message;
  if (call?.resolved) return 'close';
  if (!isHuman(row.message) || flags.includes(unconfirmedFlag)) return 'show';
  return call?.direction === 'out' ? 'show' : 'wake';
}
