import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { PersonId, TicketId } from '#libs/contracts';

/** Who has a ticket, for the routing lib: it alone decides that. */
@Injectable()
export class TicketAssigneesRepository {
  /** Those of the tickets that nobody else is changing now, locked. Never waits. */
  async lockFree(tx: Db, ids: readonly TicketId[]): Promise<ReadonlySet<TicketId>> {
    const free = await rows<{ id: TicketId }>(
      tx,
      `select id from ticket where id = any($1::bigint[]) and state in ('waiting', 'open') order by id
       for no key update skip locked`,
      [ids],
    );
    return new Set(free.map(({ id }) => id));
  }

  /** Opens the tickets for the specialists they were assigned to. */
  async open(tx: Db, assignments: readonly { ticketId: TicketId; specialistId: PersonId }[]): Promise<void> {
    await rows(
      tx,
      `update ticket t set state = 'open', assignee_id = a.specialist_id, updated_at = now(), version = t.version + 1
       from unnest($1::bigint[], $2::bigint[]) as a (id, specialist_id) where t.id = a.id`,
      [assignments.map(({ ticketId }) => ticketId), assignments.map(({ specialistId }) => specialistId)],
    );
  }
}
