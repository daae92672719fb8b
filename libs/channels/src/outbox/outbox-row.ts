import type { AccountId, DeliveryState, MessageId, OutboundMessage, OutboxId, TicketId } from '#libs/contracts';

/** Something to send, written in the transaction that decides it. */
export interface NewOutbox {
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  /** `t<ticketId>` or `d<destination>`: rows of one channel with one key leave one after another. */
  readonly orderKey: string;
  readonly channel: string;
  readonly accountId: AccountId;
  readonly message: OutboundMessage;
  /** Our id of the item, the same at every attempt. */
  readonly externalId: string;
  /** Equal for repetitions of the same wish: the second adds nothing. */
  readonly idem: string;
  readonly automatic: boolean;
}

/** An outbox row as people see it: one line of what was to be sent and how that went. */
export interface OutboxRow {
  readonly id: OutboxId;
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  readonly orderKey: string;
  readonly originId: OutboxId | null;
  readonly part: number;
  readonly parts: number | null;
  readonly channel: string;
  readonly accountId: AccountId;
  readonly destination: string;
  readonly externalId: string;
  readonly providerId: string | null;
  readonly automatic: boolean;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

/** A row under the lease of the gateway that sends it. */
export interface ClaimedRow extends OutboxRow {
  readonly message: OutboundMessage;
  readonly lease: string;
  /** The first row of an account whose hold has ended: its outcome decides whether the others follow. */
  readonly probe: boolean;
}

/** How an attempt ended. */
export type Settlement =
  | { readonly state: 'sent'; readonly providerId: string }
  | { readonly state: 'failed'; readonly code: string; readonly reason: string }
  | { readonly state: 'unknown'; readonly code: string; readonly reason: string }
  | { readonly state: 'queued'; readonly code: string; readonly reason: string; readonly afterMs: number };

export interface UndeliveredFilter {
  readonly channel?: string;
  readonly accountId?: AccountId;
  readonly states?: readonly DeliveryState[];
  readonly limit?: number;
}
