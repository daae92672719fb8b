import { Injectable } from '@nestjs/common';
import type { LoggedCall, MessageId, PersonId, RequesterId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';

/** A logged call that was recorded as a message of a ticket. */
export interface CallEntry {
  readonly messageId: MessageId;
  readonly ticketId: TicketId;
  readonly call: LoggedCall;
}

/** Something promised on a ticket. */
export interface Task {
  readonly id: string;
  readonly ticketId: TicketId;
  readonly type: 'call-back';
  readonly phone: string | null;
  readonly note: string;
  readonly dueAt: Date;
  readonly doneAt: Date | null;
  readonly doneBy: PersonId | null;
  readonly createdBy: PersonId | null;
  readonly createdAt: Date;
}

const taskColumns = `
  k.id, k.ticket_id as "ticketId", k.type, k.phone, k.note, k.due_at as "dueAt", k.done_at as "doneAt",
  k.done_by as "doneBy", k.created_by as "createdBy", k.created_at as "createdAt"`;

/** Calls, and the calls back that were promised on them. */
@Injectable()
export class CallsRepository {
  /** Writes the facts of calls and what was promised on them, in the transaction that records their messages. */
  async add(tx: Db, entries: readonly CallEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await rows(
      tx,
      `with entry as (
         select * from jsonb_to_recordset($1::jsonb) as e ("messageId" bigint, "ticketId" bigint, call jsonb)
       ), logged as (
         insert into call (message_id, phone, extension, phone_as_given, direction, medium, started_at, ended_at,
           resolved, logged_by)
         select "messageId", call->>'phone', call->>'extension', call->>'phoneAsGiven', call->>'direction',
           call->>'medium', (call->>'startedAt')::timestamptz, (call->>'endedAt')::timestamptz,
           (call->>'resolved')::boolean, (call->>'loggedBy')::bigint
         from entry
       )
       insert into task (ticket_id, type, phone, note, due_at, created_by)
       select "ticketId", 'call-back', coalesce(call->>'phone', call->>'phoneAsGiven'), call#>>'{callBack,note}',
         (call#>>'{callBack,dueAt}')::timestamptz, (call->>'loggedBy')::bigint
       from entry where call ? 'callBack'`,
      [JSON.stringify(entries)],
    );
  }

  /** Requesters of the tickets that calls of this number stand on, the latest call first. */
  async requestersOf(db: Db, phone: string): Promise<readonly RequesterId[]> {
    const found = await rows<{ id: RequesterId }>(
      db,
      `select t.requester_id as id from call c join message m on m.id = c.message_id join ticket t on t.id = m.ticket_id
       where c.phone = $1 group by t.requester_id order by max(c.message_id) desc limit 10`,
      [phone],
    );
    return found.map(({ id }) => id);
  }

  async tasksOf(db: Db, ticketId: TicketId): Promise<readonly Task[]> {
    return rows<Task>(db, `select ${taskColumns} from task k where k.ticket_id = $1 order by k.due_at, k.id`, [
      ticketId,
    ]);
  }

  /** Tasks that are not done, the earliest due first. */
  async tasksDue(db: Db, limit: number, until?: Date): Promise<readonly Task[]> {
    return rows<Task>(
      db,
      `select ${taskColumns} from task k where k.done_at is null and ($2::timestamptz is null or k.due_at <= $2)
       order by k.due_at, k.id limit $1`,
      [limit, until ?? null],
    );
  }

  /** Marks a task as done, once: its first doer stays. Undefined when there is no such task. */
  async finishTask(tx: Db, id: string, by: PersonId | null): Promise<Task | undefined> {
    const [task] = await rows<Task>(
      tx,
      `update task k set done_by = case when k.done_at is null then $2 else k.done_by end,
         done_at = coalesce(k.done_at, now()) where k.id = $1 returning ${taskColumns}`,
      [id, by],
    );
    return task;
  }
}
