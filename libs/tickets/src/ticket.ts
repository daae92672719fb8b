import type { AccountId, PersonId, QueueId, RequesterId, TicketId } from '#libs/contracts';
import type { Saying } from '#libs/platform';

/** `waiting`: nobody has it. `open`: a specialist has it. `pending`: the requester's turn. `closed`: done. */
export const ticketStates = ['waiting', 'open', 'pending', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];

export interface Ticket {
  readonly id: TicketId;
  readonly number: string;
  readonly subject: string;
  readonly state: TicketState;
  readonly queueId: QueueId;
  readonly kind: string | null;
  readonly priority: number;
  readonly requesterId: RequesterId;
  readonly assigneeId: PersonId | null;
  readonly channel: string;
  readonly accountId: AccountId | null;
  /** Where answers go, and which of our addresses was written to. */
  readonly replyTo: string | null;
  readonly replyFrom: string | null;
  readonly conversation: string | null;
  readonly locale: 'ru' | 'en';
  readonly mergedInto: TicketId | null;
  /** What was done, in the words of who closed it. */
  readonly outcome: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly firstRepliedAt: Date | null;
  readonly closedAt: Date | null;
  /** Since when the requester waits for the desk without a break; null on the requester's turn. */
  readonly waitingSince: Date | null;
  readonly version: number;
}

/** What a person may do with a ticket. */
export const ticketMoves = [
  'reply',
  'note',
  'claim',
  'assign',
  'release',
  'close',
  'reopen',
  'merge',
  'split',
  'change',
] as const;
export type TicketMove = (typeof ticketMoves)[number];

const worked = ['reply', 'note', 'claim', 'assign', 'close', 'merge', 'split', 'change'] as const;

/** The law of moves, whole. A ticket that was merged away is only read. */
const movesFrom: Readonly<Record<TicketState, readonly TicketMove[]>> = {
  waiting: worked,
  open: [...worked, 'release'],
  pending: [...worked, 'reopen'],
  closed: ['note', 'reopen'],
};

type Standing = Pick<Ticket, 'state' | 'mergedInto'>;

export const allowedMoves = (ticket: Standing): readonly TicketMove[] =>
  ticket.mergedInto === null ? movesFrom[ticket.state] : [];

/** An expected refusal, as a value: its code, and what more there is to say to the caller. */
export type Permit =
  | { readonly ok: true }
  | { readonly ok: false; readonly code: 'ticket_closed' | 'conflict'; readonly detail?: Saying };

export const permitted: Permit = { ok: true };

export function mayMove(ticket: Standing, move: TicketMove): Permit {
  if (allowedMoves(ticket).includes(move)) return permitted;
  if (ticket.mergedInto !== null) {
    return { ok: false, code: 'ticket_closed', detail: { text: 'refusal.mergedAway', ticket: ticket.mergedInto } };
  }
  if (ticket.state === 'closed') return { ok: false, code: 'ticket_closed' };
  return { ok: false, code: 'conflict', detail: reasons[move] ?? 'refusal.moveNotAllowed' };
}

/** Why a ticket that is not done may not allow a move. */
const reasons: Readonly<Partial<Record<TicketMove, Saying>>> = {
  release: 'refusal.nobodyHasIt',
  reopen: 'refusal.beingWorkedOn',
};

/** What the specialist wants after a reply; `open` leaves the ticket with whoever has it. */
export const afterReply = ['pending', 'open', 'close'] as const;
export type AfterReply = (typeof afterReply)[number];

/** `open` can't make an unassigned ticket assigned: it stays as it is. */
export function stateAfterReply(state: TicketState, then: AfterReply): TicketState {
  if (then === 'close') return 'closed';
  return then === 'pending' ? 'pending' : state;
}

/** Whether a work item lives for a ticket in this state. */
export const needsWork = (state: TicketState): boolean => state === 'waiting' || state === 'open';

/** What the moves of people write about a ticket, besides its state. */
export type TicketChange = {
  readonly [Name in 'subject' | 'kind' | 'queueId' | 'priority']?: Ticket[Name] | undefined;
};
