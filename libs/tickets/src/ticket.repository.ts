import { Injectable } from '@nestjs/common';
import type { RequesterId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { ReplyRoute } from './reply-route.js';
import type { Ticket } from './ticket.js';

/** The columns of `ticket` under the names of {@link Ticket}. */
export const ticketColumns = `
  t.id, t.number, t.subject, t.state, t.queue_id as "queueId", t.kind, t.priority, t.requester_id as "requesterId",
  t.assignee_id as "assigneeId", t.channel, t.account_id as "accountId", t.reply_to as "replyTo",
  t.reply_from as "replyFrom", t.conversation, t.locale, t.merged_into as "mergedInto", t.outcome,
  t.created_at as "createdAt", t.updated_at as "updatedAt", t.first_replied_at as "firstRepliedAt",
  t.closed_at as "closedAt", t.waiting_since as "waitingSince", t.version`;

/** What a move writes; what is left out or undefined stays. */
export type TicketPatch = {
  readonly [Name in 'state' | 'assigneeId' | 'queueId' | 'kind' | 'priority' | 'subject' | 'outcome' | 'mergedInto']?:
    | Ticket[Name]
    | undefined;
};

const patchColumns: Readonly<Record<keyof TicketPatch, string>> = {
  state: 'state',
  assigneeId: 'assignee_id',
  queueId: 'queue_id',
  kind: 'kind',
  priority: 'priority',
  subject: 'subject',
  outcome: 'outcome',
  mergedInto: 'merged_into',
};

export type NewTicket = Pick<
  Ticket,
  | 'subject'
  | 'queueId'
  | 'kind'
  | 'priority'
  | 'channel'
  | 'accountId'
  | 'replyTo'
  | 'replyFrom'
  | 'conversation'
  | 'locale'
> & { readonly requesterId: RequesterId };

/** One ticket at a time, as people at the desk read and move it. */
@Injectable()
export class TicketRepository {
  async get(db: Db, id: TicketId): Promise<Ticket | undefined> {
    const [ticket] = await rows<Ticket>(db, `select ${ticketColumns} from ticket t where t.id = $1`, [id]);
    return ticket;
  }

  /** What tickets are called, by id. */
  async headings(db: Db, ids: readonly TicketId[]): Promise<ReadonlyMap<TicketId, Pick<Ticket, 'number' | 'subject'>>> {
    const found = await rows<Pick<Ticket, 'id' | 'number' | 'subject'>>(
      db,
      'select id, number, subject from ticket where id = any($1)',
      [ids],
    );
    return new Map(found.map(({ id, number, subject }) => [id, { number, subject }]));
  }

  /** Tickets by id, held until the transaction ends; always in id order, so that two moves never wait in a ring. */
  async lock(tx: Db, ids: readonly TicketId[]): Promise<ReadonlyMap<TicketId, Ticket>> {
    const found = await rows<Ticket>(
      tx,
      `select ${ticketColumns} from ticket t where t.id = any($1) order by t.id for no key update`,
      [ids],
    );
    return new Map(found.map((ticket) => [ticket.id, ticket]));
  }

  /** Writes a move, counts the version up and gives the ticket as it is then. */
  async write(tx: Db, id: TicketId, patch: TicketPatch): Promise<Ticket> {
    const names = (Object.keys(patchColumns) as (keyof TicketPatch)[]).filter((name) => patch[name] !== undefined);
    const sets = names.map((name, index) => `${patchColumns[name]} = $${index + 2}`);
    if (patch.state) sets.push(`closed_at = ${patch.state === 'closed' ? 'now()' : 'null'}`);
    sets.push('updated_at = now()', 'version = version + 1');
    const [ticket] = await rows<Ticket>(
      tx,
      `update ticket t set ${sets.join(', ')} where t.id = $1 returning ${ticketColumns}`,
      [id, ...names.map((name) => patch[name])],
    );
    if (!ticket) throw new Error(`ticket ${id} is gone`);
    return ticket;
  }

  /** The first answer of a person is a fact of its own, whatever happens to the ticket later. */
  async markReplied(tx: Db, id: TicketId): Promise<void> {
    await rows(tx, 'update ticket set first_replied_at = now() where id = $1 and first_replied_at is null', [id]);
  }

  /** A ticket that people made out of another; it waits for a specialist. */
  async add(tx: Db, ticket: NewTicket): Promise<Ticket> {
    const [added] = await rows<Ticket>(
      tx,
      `insert into ticket as t (subject, queue_id, kind, priority, requester_id, channel, account_id, reply_to,
         reply_from, conversation, locale)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${ticketColumns}`,
      [
        ticket.subject,
        ticket.queueId,
        ticket.kind,
        ticket.priority,
        ticket.requesterId,
        ticket.channel,
        ticket.accountId,
        ticket.replyTo,
        ticket.replyFrom,
        ticket.conversation,
        ticket.locale,
      ],
    );
    if (!added) throw new Error('a ticket was not added');
    return added;
  }

  /** Every way by which tickets of a requester, under any of their ids, came, newest first. */
  async routesOf(db: Db, requesterIds: readonly RequesterId[]): Promise<readonly ReplyRoute[]> {
    return rows<ReplyRoute>(
      db,
      `select channel, account_id as "accountId", reply_to as "to", reply_from as "from" from (
         select distinct on (channel, account_id, reply_to) id, channel, account_id, reply_to, reply_from
         from ticket where requester_id = any($1) and account_id is not null and reply_to <> ''
         order by channel, account_id, reply_to, id desc) way
       order by id desc limit 20`,
      [requesterIds],
    );
  }
}
