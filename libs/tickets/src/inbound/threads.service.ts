import { Injectable } from '@nestjs/common';
import { OutboxRepository, type ReadyRow } from '#libs/channels';
import type { TicketId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { Secrets } from '#libs/platform';
import { RequestersRepository } from '#libs/requesters';
import { findThread, type Thread, type ThreadFacts, type ThreadTicket } from './find-thread.js';
import type { InboundItem } from './inbound-round.js';
import { readTicketTag, tagInReference, tagPurpose } from '../ticket-tag.js';
import { ThreadRepository } from './thread.repository.js';

/** What the clues of a whole batch lead to. */
interface Found {
  readonly tickets: ReadonlyMap<TicketId, ThreadTicket>;
  readonly byNumber: ReadonlyMap<string, TicketId>;
  readonly references: ReadonlyMap<string, TicketId>;
  readonly conversations: ReadonlyMap<string, TicketId>;
  readonly participations: ReadonlySet<string>;
}

const pair = (one: string, other: string): string => `${one}\0${other}`;

/** Finds the tickets that messages continue. */
@Injectable()
export class ThreadsService {
  constructor(
    private readonly threads: ThreadRepository,
    private readonly outbox: OutboxRepository,
    private readonly requesters: RequestersRepository,
    private readonly secrets: Secrets,
  ) {}

  /** One thread for each item, in their order. */
  async find(tx: Db, items: readonly InboundItem[]): Promise<readonly Thread[]> {
    const references = await this.references(tx, items);
    const conversations = await this.conversations(tx, items);
    const tags = items.flatMap((item) => this.tagsOf(item.row).flatMap((tag) => this.read(tag) ?? []));
    const proven = items.flatMap(({ row }) => row.message.thread.provenTicket ?? []);
    const numbers = items.flatMap(({ row }) => row.message.thread.subjectNumbers.filter(isNumber));
    const ids = [...tags, ...proven.filter(isNumber), ...references.values(), ...conversations.values()];
    const { tickets, byNumber } = await this.tickets(tx, ids, numbers);
    const participations = await this.participations(tx, items, references, tickets);
    const found = { tickets, byNumber, references, conversations, participations };
    return items.map((item) => findThread(item.row.message.thread, item.requesterId, this.factsFor(item, found)));
  }

  private factsFor({ row }: InboundItem, found: Found): ThreadFacts {
    const addresses = row.message.sender.addresses.map(({ value }) => value);
    const { conversation } = row.message.thread;
    return {
      ticket: (id) => found.tickets.get(id),
      byTag: (tag) => this.read(tag),
      byReference: (reference) => found.references.get(pair(row.channel, reference)),
      byNumber: (number) => found.byNumber.get(number),
      conversation: conversation === undefined ? undefined : found.conversations.get(pair(row.accountId, conversation)),
      takesPart: (id) => addresses.some((address) => found.participations.has(pair(id, address))),
    };
  }

  private tagsOf({ message }: ReadyRow): string[] {
    const signed = message.thread.references.flatMap((reference) => tagInReference(reference) ?? []);
    return message.thread.plusTag ? [message.thread.plusTag, ...signed] : signed;
  }

  private read(tag: string): TicketId | undefined {
    return readTicketTag(tag, (text) => this.secrets.mac(tagPurpose, text));
  }

  /** By what came in under the id; and by what the provider called an item that we sent. */
  private async references(tx: Db, items: readonly InboundItem[]): Promise<ReadonlyMap<string, TicketId>> {
    const asked = items.flatMap(({ row }) =>
      row.message.thread.references.map((reference) => ({ channel: row.channel, reference })),
    );
    const found = new Map<string, TicketId>();
    if (asked.length === 0) return found;
    for (const channel of new Set(asked.map((one) => one.channel))) {
      const ids = asked.filter((one) => one.channel === channel).map(({ reference }) => reference);
      for (const { providerId, ticketId } of await this.outbox.byProvider(tx, channel, ids)) {
        if (providerId && ticketId) found.set(pair(channel, providerId), ticketId);
      }
    }
    for (const { channel, reference, ticketId } of await this.threads.byReference(tx, asked)) {
      found.set(pair(channel, reference), ticketId);
    }
    return found;
  }

  private async conversations(tx: Db, items: readonly InboundItem[]): Promise<ReadonlyMap<string, TicketId>> {
    const asked = items.flatMap(({ row: { accountId, message } }) =>
      message.thread.conversation === undefined ? [] : [{ accountId, conversation: message.thread.conversation }],
    );
    if (asked.length === 0) return new Map();
    const found = await this.threads.conversations(tx, asked);
    return new Map(
      found.flatMap(({ accountId, conversation, ticketId }) =>
        ticketId ? [[pair(accountId, conversation), ticketId] as const] : [],
      ),
    );
  }

  private async tickets(tx: Db, ids: readonly TicketId[], numbers: readonly string[]) {
    const tickets = new Map<TicketId, ThreadTicket>();
    const byNumber = new Map<string, TicketId>();
    if (ids.length === 0 && numbers.length === 0) return { tickets, byNumber };
    const found = await this.threads.tickets(tx, [...new Set(ids)], [...new Set(numbers)]);
    const roots = await this.requesters.roots(tx, [...new Set(found.map(({ requesterId }) => requesterId))]);
    for (const { asked, askedNumber, id, state, requesterId } of found) {
      const ticket = { id, state, requesterId: roots.get(requesterId) ?? requesterId };
      tickets.set(asked, ticket).set(id, ticket);
      byNumber.set(askedNumber, id);
    }
    return { tickets, byNumber };
  }

  /** Asked only about strangers: a requester belongs to their own ticket anyway. */
  private async participations(
    tx: Db,
    items: readonly InboundItem[],
    references: ReadonlyMap<string, TicketId>,
    tickets: ReadonlyMap<TicketId, ThreadTicket>,
  ): Promise<ReadonlySet<string>> {
    const asked = items.flatMap(({ row, requesterId }) =>
      this.pointedAt(row, references).flatMap((id) => {
        const ticket = tickets.get(id);
        if (!ticket || ticket.requesterId === requesterId) return [];
        return row.message.sender.addresses.map(({ value }) => ({ ticketId: ticket.id, address: value }));
      }),
    );
    if (asked.length === 0) return new Set();
    const found = await this.threads.participations(tx, asked);
    return new Set(found.map(({ ticketId, address }) => pair(ticketId, address)));
  }

  private pointedAt(row: ReadyRow, references: ReadonlyMap<string, TicketId>): readonly TicketId[] {
    const named = row.message.thread.references.flatMap(
      (reference) => references.get(pair(row.channel, reference)) ?? [],
    );
    return [...named, ...this.tagsOf(row).flatMap((tag) => this.read(tag) ?? [])];
  }
}

/** What people write as a number may be longer than any of ours. */
const isNumber = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);
