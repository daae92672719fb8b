/**
 * Identifiers. All are PostgreSQL `bigint` values carried as decimal strings, because a JavaScript number
 * cannot hold them all; an id is opaque to everyone outside the database.
 */
export type AccountId = string;
export type AttachmentId = string;
export type InboxId = string;
export type MessageId = string;
export type OutboxId = string;
export type PersonId = string;
export type QueueId = string;
export type RequesterId = string;
export type TicketId = string;
export type WorkItemId = string;

const decimal = /^[1-9]\d{0,18}$/;

/** Whether `value` has the form of an id; says nothing about whether the row exists. */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && decimal.test(value) && BigInt(value) <= 9_223_372_036_854_775_807n;
