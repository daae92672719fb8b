import { Injectable } from '@nestjs/common';
import type { PersonId, QueueId, RequesterId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import { ticketColumns } from './ticket.repository.js';
import type { Ticket, TicketState } from './ticket.js';

/** What is left out or undefined is not asked for. */
export interface TicketFilter {
  readonly states?: readonly TicketState[] | undefined;
  readonly queueId?: QueueId | undefined;
  /** Null: nobody has it. */
  readonly assigneeId?: PersonId | null | undefined;
  readonly channel?: string | undefined;
  readonly kind?: string | undefined;
  /** All ids of one requester. */
  readonly requesterIds?: readonly RequesterId[] | undefined;
  readonly number?: string | undefined;
  /** Part of the subject, or the number. */
  readonly text?: string | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdTo?: Date | undefined;
}

/** Where a page ended: `updatedAt` in full precision, which a JavaScript date has not. */
export interface ListPosition {
  readonly updatedAt: string;
  readonly id: string;
}

export interface ListedTicket extends Ticket {
  readonly position: string;
}

const anyOf = (text: string): string => `%${text.replace(/[\\%_]/g, String.raw`\$&`)}%`;

/** Lists for people: newest change first, by keys, so that a page costs the same however deep it lies. */
@Injectable()
export class TicketListRepository {
  /** Up to `limit` tickets after a position. */
  async page(db: Db, filter: TicketFilter, limit: number, after?: ListPosition): Promise<readonly ListedTicket[]> {
    const values: unknown[] = [];
    const value = (given: unknown): string => `$${values.push(given)}`;
    const tests = [...conditions(filter, value)];
    if (after)
      tests.push(`(t.updated_at, t.id) < (${value(after.updatedAt)}::timestamptz, ${value(after.id)}::bigint)`);
    return rows<ListedTicket>(
      db,
      `select ${ticketColumns},
         to_char(t.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
       from ticket t ${tests.length > 0 ? `where ${tests.join(' and ')}` : ''}
       order by t.updated_at desc, t.id desc limit ${value(limit)}`,
      values,
    );
  }

  /** Tickets of requesters that are not done, newest first: what a caller may be calling about. */
  async openOf(db: Db, requesterIds: readonly RequesterId[], limit: number): Promise<readonly Ticket[]> {
    return rows<Ticket>(
      db,
      `select ${ticketColumns} from ticket t where t.requester_id = any($1) and t.state <> 'closed'
       order by t.updated_at desc limit $2`,
      [requesterIds, limit],
    );
  }
}

/** One condition a filter, each only when it is asked for: the planner then sees which index fits. */
function* conditions(filter: TicketFilter, value: (given: unknown) => string): Generator<string> {
  const { states, assigneeId, text, createdFrom, createdTo } = filter;
  if (states?.length === 1) yield `t.state = ${value(states[0])}`;
  else if (states) yield `t.state = any(${value(states)})`;
  if (assigneeId === null) yield 't.assignee_id is null';
  else if (assigneeId) yield `t.assignee_id = ${value(assigneeId)}`;
  if (filter.requesterIds) yield `t.requester_id = any(${value(filter.requesterIds)})`;
  yield* equalities(filter, value);
  if (text)
    yield `(t.subject ilike ${value(anyOf(text))}${/^\d{1,18}$/.test(text) ? ` or t.number = ${value(text)}` : ''})`;
  if (createdFrom) yield `t.created_at >= ${value(createdFrom)}`;
  if (createdTo) yield `t.created_at < ${value(createdTo)}`;
}

const equalColumns = {
  queueId: 't.queue_id',
  channel: 't.channel',
  kind: 't.kind',
  number: 't.number',
} as const;

function* equalities(filter: TicketFilter, value: (given: unknown) => string): Generator<string> {
  for (const [name, column] of Object.entries(equalColumns)) {
    const wanted = filter[name as keyof typeof equalColumns];
    if (wanted !== undefined) yield `${column} = ${value(wanted)}`;
  }
}
