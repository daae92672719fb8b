import type { RouteId } from '#libs/access';
import type { ErrorCode, PersonId, QueueId, TicketId } from '#libs/contracts';
import type { Saying } from '#libs/platform';
import type { Mover } from '#libs/tickets';

export type BulkActId = string;

/** What is done with each of many tickets. */
export type TicketAct =
  | { readonly act: 'assign'; readonly specialistId: PersonId; readonly force: boolean }
  | { readonly act: 'release' }
  | { readonly act: 'close'; readonly outcome: string | null }
  | { readonly act: 'reopen' }
  | { readonly act: 'move'; readonly queue: QueueId }
  | { readonly act: 'kind'; readonly kind: string | null }
  | { readonly act: 'priority'; readonly priority: number };

export const ticketActs = ['assign', 'release', 'close', 'reopen', 'move', 'kind', 'priority'] as const;

/** The route by which the same is done with one ticket: whoever may call it may do it with many. */
export const routeOfAct: Readonly<Record<TicketAct['act'], RouteId>> = {
  assign: 'tickets.assign',
  release: 'tickets.release',
  close: 'tickets.close',
  reopen: 'tickets.reopen',
  move: 'tickets.update',
  kind: 'tickets.update',
  priority: 'tickets.update',
};

/** `stopped`: somebody ended it before its end; what was done stays done. */
export const bulkStates = ['running', 'done', 'stopped'] as const;
export type BulkState = (typeof bulkStates)[number];

/** `skipped`: refused, as it would be for this ticket alone. `failed`: the desk could not, however often it tried. */
export const bulkTicketStates = ['waiting', 'done', 'skipped', 'failed'] as const;
export type BulkTicketState = (typeof bulkTicketStates)[number];

/** Why a ticket was passed over. */
export interface BulkReason {
  readonly code: ErrorCode;
  readonly detail?: Saying | undefined;
}

/** One act on many tickets, and how far it came. */
export interface BulkAct {
  readonly id: BulkActId;
  readonly actor: Mover;
  readonly act: TicketAct;
  readonly state: BulkState;
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface BulkTicket {
  readonly ticketId: TicketId;
  readonly state: BulkTicketState;
  readonly reason: BulkReason | null;
}

export const mostBulkTickets = 10_000;
