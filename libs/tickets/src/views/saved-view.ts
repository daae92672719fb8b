import type { Principal } from '#libs/access';
import type { LocalText, PersonId } from '#libs/contracts';
import type { ListOrder } from '../list/list-order.js';

export type ViewId = string;

/** What a list can show of a ticket besides the ticket itself. */
export const viewColumns = [
  'number',
  'subject',
  'requester',
  'state',
  'queue',
  'kind',
  'priority',
  'assignee',
  'channel',
  'created',
  'updated',
  'waiting',
] as const;
export type ViewColumn = (typeof viewColumns)[number];

/** A list of tickets that has a name. */
export interface SavedView {
  readonly id: ViewId;
  /** Of the desk's own set, which comes with it: `my-work`, … */
  readonly key: string | null;
  /** Null: everybody's. */
  readonly ownerId: PersonId | null;
  readonly title: LocalText;
  /** Filters in the words of the API: `me` is whoever looks. */
  readonly filter: Readonly<Record<string, unknown>>;
  readonly order: ListOrder;
  readonly columns: readonly ViewColumn[];
  /** Its place among those of the same owner. */
  readonly position: number;
  readonly version: number;
}

/** What people say about a view. */
export type ViewWish = Pick<SavedView, 'title' | 'filter' | 'order' | 'columns'>;
export type ViewChange = { readonly [Name in keyof ViewWish | 'position']?: SavedView[Name] | undefined };

/** Whether somebody may change what everybody sees. */
export const maySetForAll = (by: Principal): boolean =>
  by.type === 'person' && (by.role === 'administrator' || by.role === 'supervisor');

/** One's own views are for oneself alone: nobody else knows that they are there. */
export const maySee = ({ ownerId }: Pick<SavedView, 'ownerId'>, by: Principal): boolean =>
  ownerId === null || (by.type === 'person' && by.id === ownerId);

export const mayChange = (view: Pick<SavedView, 'ownerId'>, by: Principal): boolean =>
  view.ownerId === null ? maySetForAll(by) : maySee(view, by);
