import { Injectable } from '@nestjs/common';
import type { RequesterId, TicketId } from '#libs/contracts';
import { rows, rowsUnprepared, type Db } from '#libs/database';
import { ticketColumns } from '../ticket.repository.js';
import type { Ticket } from '../ticket.js';
import { beyond, orderBy, positionOf, type ListOrder, type ListPosition } from './list-order.js';
import { conditionsOf, type Bind, type TextSearch, type TicketFilter } from './ticket-filter.js';

/** A page of a list. */
export interface ListRequest {
  readonly filter: TicketFilter;
  readonly order: ListOrder;
  readonly limit: number;
  readonly after?: ListPosition | undefined;
}

export interface ListedTicket extends Ticket {
  readonly position: ListPosition;
}

type Row = Ticket & { readonly at: string };

const words = '(s.head || s.texts)';

/** Lists for people, by keys: a page costs the same however deep it lies. */
@Injectable()
export class TicketListRepository {
  /** Up to `limit` tickets after a position; the words of the filter are not looked at. */
  async page(db: Db, request: ListRequest): Promise<readonly ListedTicket[]> {
    const { values, bind } = binding();
    return listed(
      await rowsUnprepared<Row>(
        db,
        `select ${ticketColumns}, ${positionOf(request.order)} as at from ticket t ${where(testsOf(request, bind))}
         ${orderBy(request.order)} limit ${bind(request.limit)}`,
        values,
      ),
    );
  }

  /**
   * The same with words, found among the next `most` tickets of the list itself. Left to itself the planner would
   * ask the index of words, which is slow where many have them, and can't know which words go together.
   */
  async read(db: Db, request: ListRequest, search: TextSearch, most: number): Promise<readonly ListedTicket[]> {
    const { values, bind } = binding();
    const order = orderBy(request.order);
    return listed(
      await rowsUnprepared<Row>(
        db,
        `select ${ticketColumns}, ${positionOf(request.order)} as at
         from (select * from ticket t ${where(testsOf(request, bind))} ${order} limit ${bind(most)}) t
         cross join lateral (
           select ${holding(search, bind)} as found from ticket_search s where s.ticket_id = t.id offset 0) s
         where s.found ${order} limit ${bind(request.limit)}`,
        values,
      ),
    );
  }

  /** Whether the list has no more than `most` tickets from here on. */
  async isShort(db: Db, request: ListRequest, most: number): Promise<boolean> {
    const { values, bind } = binding();
    const [counted] = await rowsUnprepared<{ count: number }>(
      db,
      `select count(*)::int as count
       from (select from ticket t ${where(testsOf(request, bind))} limit ${bind(most + 1)}) listed`,
      values,
    );
    return (counted?.count ?? 0) <= most;
  }

  /** The same with words, by the index of words: right where few have them. */
  async seek(db: Db, request: ListRequest, search: TextSearch): Promise<readonly ListedTicket[]> {
    const { values, bind } = binding();
    return listed(
      await rowsUnprepared<Row>(
        db,
        `with found as materialized (select s.ticket_id from ticket_search s ${where([...soughtIn(search, bind)])})
         select ${ticketColumns}, ${positionOf(request.order)} as at
         from found cross join lateral (select * from ticket where id = found.ticket_id offset 0) t
         ${where(testsOf(request, bind))} ${orderBy(request.order)} limit ${bind(request.limit)}`,
        values,
      ),
    );
  }

  /** Ids of the tickets of a list, at most so many, in no order. */
  async ids(
    db: Db,
    { filter, order }: Pick<ListRequest, 'filter' | 'order'>,
    most: number,
  ): Promise<readonly TicketId[]> {
    const { search } = filter;
    if (search && search.whole === undefined) return [];
    const { values, bind } = binding();
    const found = search ? soughtIn({ ...search, narrow: search.narrow ?? search.whole }, bind) : [];
    const tests = [...found, ...conditionsOf(filter, bind), ...beyond(order, undefined, bind)];
    const listed = await rowsUnprepared<{ id: TicketId }>(
      db,
      `select t.id from ticket t ${search ? 'join ticket_search s on s.ticket_id = t.id' : ''} ${where(tests)}
       limit ${bind(most)}`,
      values,
    );
    return listed.map(({ id }) => id);
  }

  /** How many tickets each list has, exact up to `most`, all in one statement. Without words: those cost more. */
  async counts(
    db: Db,
    requests: readonly Pick<ListRequest, 'filter' | 'order'>[],
    most: number,
  ): Promise<readonly number[]> {
    if (requests.length === 0) return [];
    const { values, bind } = binding();
    const limit = bind(most);
    const counting = requests.map(
      ({ filter, order }) =>
        `(select count(*)::int from (select from ticket t
          ${where([...conditionsOf(filter, bind), ...beyond(order, undefined, bind)])} limit ${limit}) listed)`,
    );
    const [counted] = await rowsUnprepared<{ counts: number[] }>(
      db,
      `select array[${counting.join(', ')}] as counts`,
      values,
    );
    return counted?.counts ?? [];
  }

  /** How many tickets hold words, exact up to `most`, as far as the index of words can tell. */
  async countFound(db: Db, filter: TicketFilter, search: TextSearch, most: number): Promise<number> {
    if (search.narrow === undefined) return 0;
    const { values, bind } = binding();
    const tests = [...soughtIn(search, bind), ...conditionsOf(filter, bind)];
    const [counted] = await rowsUnprepared<{ count: number }>(
      db,
      `select count(*)::int as count from (
         select from ticket_search s join ticket t on t.id = s.ticket_id ${where(tests)} limit ${bind(most)}) found`,
      values,
    );
    return counted?.count ?? 0;
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

function binding(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

const where = (tests: readonly string[]): string => (tests.length > 0 ? `where ${tests.join(' and ')}` : '');

const listed = (found: readonly Row[]): readonly ListedTicket[] =>
  found.map(({ at, ...ticket }) => ({ ...ticket, position: { at, id: ticket.id } }));

const testsOf = ({ filter, order, after }: ListRequest, bind: Bind): readonly string[] => [
  ...conditionsOf(filter, bind),
  ...beyond(order, after, bind),
  ...(order === 'newest' && !after ? notBefore(filter, bind) : []),
];

/**
 * Where a list of the newest may begin. Nothing is newer than its own latest change, and the latest change among
 * those of a queue, of a person, is found at once: without it a queue that is used no more is looked for among all
 * that came since.
 */
function* notBefore({ queueIds, assigneeId, channels, kinds }: TicketFilter, bind: Bind): Generator<string> {
  const tests = conditionsOf({ queueIds, assigneeId, channels, kinds }, bind);
  if (tests.length > 0)
    yield `t.created_at <= (select t.updated_at from ticket t ${where(tests)} ${orderBy('latest')} limit 1)`;
}

/** What the index is asked, and what it can't tell by itself. */
function* soughtIn(search: TextSearch, bind: Bind): Generator<string> {
  yield `${words} @@ ${bind(search.narrow)}::text::tsquery`;
  if (search.narrow !== search.whole || search.within === 'heading') yield holding(search, bind);
}

/** What the document of a ticket must hold. */
const holding = ({ whole, within }: TextSearch, bind: Bind): string =>
  `${within === 'heading' ? 's.head' : words} @@ ${bind(whole)}::text::tsquery`;
