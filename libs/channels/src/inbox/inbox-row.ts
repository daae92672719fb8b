import type { AccountId, InboundMessage, InboxId, MessageId, QueueId, TicketId } from '#libs/contracts';

/** The named ends of an inbound item. */
export const fates = [
  'ticket',
  'appended',
  'edited',
  'duplicate',
  'automatic',
  'report',
  'command',
  'ignored',
  'quarantined',
] as const;
export type Fate = (typeof fates)[number];

export const inboxStates = ['raw', 'ready', 'done', 'quarantined'] as const;
export type InboxState = (typeof inboxStates)[number];

/** A normalized item that waits for the router. */
export interface ReadyRow {
  readonly id: InboxId;
  readonly accountId: AccountId;
  readonly channel: string;
  readonly externalKey: string;
  readonly contentKey: string | null;
  readonly orderKey: string;
  readonly message: InboundMessage;
  readonly receivedAt: Date;
  readonly attempts: number;
  readonly accountQueueId: QueueId | null;
  /** Content store key and size of the bytes as they came. */
  readonly raw: string;
  readonly rawBytes: number;
  /** Another row of this channel with the same content that is routed, or will be before this one. */
  readonly duplicateOf: InboxId | null;
}

export interface RowFate {
  readonly id: InboxId;
  readonly fate: Fate;
  readonly ticketId?: TicketId;
  readonly messageId?: MessageId;
  readonly reason?: string;
  readonly duplicateOf?: InboxId;
}

/** An item of a channel that answers at once (form, phone log): normalized by whoever received it. */
export interface ReadyItem {
  readonly accountId: AccountId;
  readonly channel: string;
  readonly externalKey: string;
  readonly raw: string;
  readonly rawBytes: number;
  readonly message: InboundMessage;
  readonly orderKey?: string;
}

/** A line of the ledger of intake: what came, and what became of it. */
export interface LedgerRow {
  readonly id: InboxId;
  readonly accountId: AccountId;
  readonly channel: string;
  readonly externalKey: string;
  readonly source: Readonly<Record<string, string | number>>;
  readonly state: InboxState;
  readonly fate: Fate | null;
  readonly reason: string | null;
  readonly attempts: number;
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  readonly duplicateOf: InboxId | null;
  readonly raw: string;
  readonly rawBytes: number;
  readonly receivedAt: Date;
  readonly doneAt: Date | null;
}

export interface LedgerFilter {
  readonly accountId?: AccountId;
  readonly channel?: string;
  readonly state?: InboxState;
  readonly fate?: Fate;
  readonly ticketId?: TicketId;
  readonly limit?: number;
}

/** How many items of an account stand where, next to where taking in stands at the source. */
export interface AccountCount {
  readonly accountId: AccountId;
  readonly channel: string;
  readonly name: string;
  readonly received: number;
  readonly raw: number;
  readonly ready: number;
  readonly quarantined: number;
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  readonly lastReceivedAt: Date | null;
  readonly cursors: readonly { readonly name: string; readonly epoch: string; readonly position: string }[];
}
