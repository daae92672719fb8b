import { Injectable } from '@nestjs/common';
import type { InboxId, TicketId, WorkItemId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';

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

/** Why: every choice that was made about tickets. */
@Injectable()
export class DecisionsRepository {
  async add(tx: Db, decisions: readonly NewDecision[]): Promise<void> {
    if (decisions.length === 0) return;
    await rows(
      tx,
      `insert into decision (step, inbox_id, ticket_id, work_item_id, outcome, reason)
       select step, "inboxId", "ticketId", "workItemId", outcome, reason
       from jsonb_to_recordset($1::jsonb) as d (step text, "inboxId" bigint, "ticketId" bigint, "workItemId" bigint,
         outcome text, reason jsonb)`,
      [JSON.stringify(decisions)],
    );
  }

  /** Up to `limit` decisions about a ticket beyond `after`, oldest first. */
  async ofTicket(db: Db, ticketId: TicketId, limit: number, after?: string): Promise<readonly Decision[]> {
    return rows<Decision>(
      db,
      `select id, at, step, inbox_id as "inboxId", work_item_id as "workItemId", outcome, reason from decision
       where ticket_id = $1 and ($3::bigint is null or id > $3) order by id limit $2`,
      [ticketId, limit, after ?? null],
    );
  }
}
