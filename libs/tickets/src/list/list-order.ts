import type { Bind } from './ticket-filter.js';

/** `latest`: the latest change first. `newest`: the last that came first. `waiting`: who waits longest for the desk. */
export const listOrders = ['latest', 'newest', 'waiting'] as const;
export type ListOrder = (typeof listOrders)[number];

/** Where a page ended: a time in full precision, which a JavaScript date has not, and an id. */
export interface ListPosition {
  readonly at: string;
  readonly id: string;
}

interface Sorting {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

const sortings: Readonly<Record<ListOrder, Sorting>> = {
  latest: { column: 't.updated_at', direction: 'desc' },
  newest: { column: 't.created_at', direction: 'desc' },
  waiting: { column: 't.waiting_since', direction: 'asc' },
};

/** Before the first of a list. */
export const listStart = (order: ListOrder): ListPosition =>
  sortings[order].direction === 'asc'
    ? { at: '0001-01-01T00:00:00.000000Z', id: '1' }
    : { at: '9999-12-31T23:59:59.999999Z', id: '9223372036854775807' };

export const orderBy = (order: ListOrder): string => {
  const { column, direction } = sortings[order];
  return `order by ${column} ${direction}, t.id ${direction}`;
};

/** The position of a row, to go on from. */
export const positionOf = (order: ListOrder): string =>
  `to_char(${sortings[order].column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** Conditions of an order: what it leaves out, and what lies beyond a position. */
export function* beyond(order: ListOrder, after: ListPosition | undefined, bind: Bind): Generator<string> {
  const { column, direction } = sortings[order];
  // Who waits for nothing has no place among those who wait.
  if (order === 'waiting') yield 't.waiting_since is not null';
  if (!after) return;
  const sign = direction === 'asc' ? '>' : '<';
  yield `(${column}, t.id) ${sign} (${bind(after.at)}::timestamptz, ${bind(after.id)}::bigint)`;
}
