import type { QueueId, TicketId } from './ids.js';

/** Facts that a person at the desk may want to see at once. Ids only: the reader loads what it may see. */
export const eventTypes = [
  'ticket.created',
  'ticket.changed',
  'message.added',
  'message.changed',
  'delivery.changed',
  'presence.changed',
  'account.changed',
  'desk.changed',
  'view.changed',
  'bulk.changed',
] as const;
export type EventType = (typeof eventTypes)[number];

export interface DeskEvent {
  readonly type: EventType;
  readonly ticketId?: TicketId;
  readonly queueId?: QueueId;
  /** Further ids and states, never personal data. */
  readonly data?: Readonly<Record<string, string | number | boolean | null>>;
}
