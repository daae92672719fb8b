import { Injectable } from '@nestjs/common';
import type { RequesterId } from '#libs/contracts';
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

/** How many tickets of a list are read for words before the index of words is asked. */
const mostRead = 1_000;

const words = '(s.head || s.texts)';

/** Lists for people, by keys: a page costs the same however deep it lies. */
@Injectable()
export class TicketListRepository {
  /** Up to `limit` tickets after a position; the words of the filter are not looked at. */
  async page(db: Db, { filter, order, limit, after }: ListRequest): Promise<readonly ListedTicket[]> {
    const { values, bind } = binding();
    const tests = [...conditionsOf(filter, bind), ...beyond(order, after, bind)];
    return listed(
      await rowsUnprepared<Row>(
        db,
        `select ${ticketColumns}, ${positionOf(order)} as at from ticket t ${where(tests)} ${orderBy(order)}
         limit ${bind(limit)}`,
        values,
      ),
    );
  }

  /** The same with words, found among the next tickets of the list themselves: right where many have them. */
  async read(
    db: Db,
    { filter, order, limit, after }: ListRequest,
    search: TextSearch,
  ): Promise<readonly ListedTicket[]> {
    const { values, bind } = binding();
    const tests = [...conditionsOf(filter, bind), ...beyond(order, after, bind)];
    return listed(
      await rowsUnprepared<Row>(
        db,
        `select ${ticketColumns}, ${positionOf(order)} as at
         from (select * from ticket t ${where(tests)} ${orderBy(order)} limit ${mostRead}) t
         join ticket_search s on s.ticket_id = t.id
         ${where(holding(search, bind))} ${orderBy(order)} limit ${bind(limit)}`,
        values,
      ),
    );
  }

  /** Whether `read` saw the whole list, so that nothing more can be found. */
  async isReadWhole(db: Db, { filter, order, after }: ListRequest): Promise<boolean> {
    const { values, bind } = binding();
    const tests = [...conditionsOf(filter, bind), ...beyond(order, after, bind)];
    const [counted] = await rowsUnprepared<{ count: number }>(
      db,
      `select count(*)::int as count from (select from ticket t ${where(tests)} limit ${mostRead}) listed`,
      values,
    );
    return (counted?.count ?? 0) < mostRead;
  }

  /** The same with words, by the index of words: right where few have them. */
  async seek(
    db: Db,
    { filter, order, limit, after }: ListRequest,
    search: TextSearch,
  ): Promise<readonly ListedTicket[]> {
    const { values, bind } = binding();
    const found = sought(search, bind);
    const tests = [...conditionsOf(filter, bind), ...beyond(order, after, bind)];
    return listed(
      await rowsUnprepared<Row>(
        db,
        `with found as materialized (${found})
         select ${ticketColumns}, ${positionOf(order)} as at from found join ticket t on t.id = found.ticket_id
         ${where(tests)} ${orderBy(order)} limit ${bind(limit)}`,
        values,
      ),
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

function binding(): { readonly values: unknown[]; readonly bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

const where = (tests: readonly string[]): string => (tests.length > 0 ? `where ${tests.join(' and ')}` : '');

const listed = (found: readonly Row[]): readonly ListedTicket[] =>
  found.map(({ at, ...ticket }) => ({ ...ticket, position: { at, id: ticket.id } }));

/** What the documents of a search must hold. */
const holding = ({ whole, within }: TextSearch, bind: Bind): readonly string[] => [
  `${within === 'heading' ? 's.head' : words} @@ ${bind(whole)}::text::tsquery`,
];

function sought(search: TextSearch, bind: Bind): string {
  const narrow = `${words} @@ ${bind(search.narrow)}::text::tsquery`;
  const isWhole = search.narrow === search.whole && search.within === 'everything';
  return `select s.ticket_id from ticket_search s ${where([narrow, ...(isWhole ? [] : holding(search, bind))])}`;
}
