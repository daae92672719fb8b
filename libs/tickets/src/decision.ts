import type { InboxId, TicketId, WorkItemId } from '#libs/contracts';

/** `move`: a person or a program moved the ticket by hand; the others are the desk's own choices. */
export type DecisionStep = 'thread' | 'rules' | 'assignment' | 'acknowledgement' | 'move';

export interface NewDecision {
  readonly step: DecisionStep;
  readonly inboxId?: InboxId;
  readonly ticketId?: TicketId;
  readonly workItemId?: WorkItemId;
  readonly outcome: string;
  /** What the choice was made from: ids, rules, candidates; never what people wrote. */
  readonly reason: Readonly<Record<string, unknown>>;
}

/** One choice about a ticket, with what it was made from. */
export interface Decision {
  readonly id: string;
  readonly at: Date;
  readonly step: DecisionStep;
  readonly inboxId: InboxId | null;
  readonly workItemId: WorkItemId | null;
  readonly outcome: string;
  readonly reason: Readonly<Record<string, unknown>>;
}
