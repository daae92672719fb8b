import type { ReadyRow } from '#libs/channels';
import type { AccountId, InboxId, Locale, PersonId, QueueId, RequesterId, TicketId } from '#libs/contracts';
import type { TicketState } from '../ticket.js';
import type { InboundItem } from './inbound-round.js';

export interface Author {
  readonly type: NewInboundMessage['authorType'];
  readonly id: string | null;
}

export interface NewInboundTicket {
  readonly subject: string;
  readonly state: 'waiting' | 'closed';
  readonly outcome: string | null;
  readonly queueId: QueueId;
  readonly kind: string | null;
  readonly priority: number;
  readonly requesterId: RequesterId;
  readonly channel: string;
  readonly accountId: AccountId;
  readonly replyTo: string | null;
  readonly replyFrom: string | null;
  readonly conversation: string | null;
  readonly locale: Locale;
}

export interface NewInboundMessage {
  readonly ticketId: TicketId;
  readonly type: 'inbound' | 'call';
  readonly channel: string;
  readonly accountId: AccountId;
  readonly inboxId: InboxId;
  readonly authorType: 'requester' | 'participant' | 'person' | 'program';
  readonly authorId: string | null;
  readonly authorName: string | null;
  readonly authorAddress: string | null;
  readonly subject: string;
  readonly text: string;
  readonly fullText: string | null;
  readonly html: string | null;
  readonly externalId: string;
  readonly groupKey: string | null;
  readonly others: readonly string[];
  readonly automatic: string | null;
  readonly flags: readonly string[];
  readonly sentAt: string | null;
}

/** Marks the message of a stranger who has a reference of ours. */
export const unconfirmedFlag = 'sender-unconfirmed';

/** How a message changes the ticket that it was added to. */
export type Touch = 'show' | 'wake' | 'close';

export interface TouchedTicket {
  readonly id: TicketId;
  readonly number: string;
  readonly queueId: QueueId;
  readonly priority: number;
  readonly state: TicketState;
  readonly stateBefore: TicketState;
  /** Who had the ticket until now, or had it last. */
  readonly assigneeBefore: PersonId | null;
}

/** Where a new ticket goes. */
export interface Placement {
  readonly kind: string | null;
  readonly queueId: QueueId;
  readonly priority: number;
}

export interface Opening extends Placement {
  readonly item: InboundItem;
}

/** A message with the ticket it stands in, whichever way that was found. */
export interface Recording {
  readonly item: InboundItem;
  readonly ticketId: TicketId;
  readonly author: Author;
  readonly opened: boolean;
  /** Remarks of the desk, besides those of the channel. */
  readonly flags: readonly string[];
}

/** A ticket that was opened by an inbound message. */
export interface OpenedTicket {
  readonly id: TicketId;
  readonly number: string;
  readonly locale: Locale;
  readonly row: ReadyRow;
}
