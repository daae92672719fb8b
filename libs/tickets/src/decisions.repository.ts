import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { Decision, NewDecision } from './decision.js';

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
