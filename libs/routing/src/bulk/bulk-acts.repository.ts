import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { Mover } from '#libs/tickets';
import type { BulkAct, BulkActId, BulkReason, BulkTicket, BulkTicketState, TicketAct } from './bulk-act.js';

const columns = `
  a.id, jsonb_build_object('type', a.actor_type, 'id', a.actor_id::text, 'name', a.actor_name) as actor, a.act, a.state,
  a.created_at as "createdAt", a.ended_at as "endedAt", n.total, n.done, n.skipped, n.failed`;
const counted = `
  bulk_act a cross join lateral (
    select count(*)::int as total, count(*) filter (where t.state = 'done')::int as done,
      count(*) filter (where t.state = 'skipped')::int as skipped,
      count(*) filter (where t.state = 'failed')::int as failed
    from bulk_act_ticket t where t.bulk_act_id = a.id) n`;

/** A ticket that the desk could not do, however often it tried, is given up. */
const mostAttempts = 3;

/** SQL of `bulk_act` and `bulk_act_ticket`. */
@Injectable()
export class BulkActsRepository {
  /** Gives the id; of an earlier act when `idem` was used already. */
  async add(tx: Db, actor: Mover, act: TicketAct, ticketIds: readonly TicketId[], idem?: string): Promise<BulkActId> {
    const [added] = await rows<{ id: BulkActId }>(
      tx,
      `with added as (
         insert into bulk_act (actor_type, actor_id, actor_name, act, idem, enqueued_at)
         values ($1, $2, $3, $4, $5, now()) on conflict (idem) do nothing returning id
       ), tickets as (
         insert into bulk_act_ticket (bulk_act_id, ticket_id)
         select added.id, ticket_id from added, unnest($6::bigint[]) as ticket_id
       )
       select id from added union all select id from bulk_act where idem = $5`,
      [actor.type, actor.id, actor.name, act, idem ?? null, ticketIds],
    );
    if (!added) throw new Error('a bulk act was not added');
    return added.id;
  }

  async get(db: Db, id: BulkActId): Promise<BulkAct | undefined> {
    const [act] = await rows<BulkAct>(db, `select ${columns} from ${counted} where a.id = $1`, [id]);
    return act;
  }

  /** The latest acts of somebody. */
  async of(db: Db, { type, id }: Pick<Mover, 'type' | 'id'>, limit: number): Promise<readonly BulkAct[]> {
    return rows<BulkAct>(
      db,
      `select ${columns} from ${counted} where a.actor_type = $1 and a.actor_id = $2 order by a.id desc limit $3`,
      [type, id, limit],
    );
  }

  /** How many acts of somebody are not ended; counted by one of their wishes at a time. */
  async countRunning(tx: Db, { type, id }: Pick<Mover, 'type' | 'id'>): Promise<number> {
    await rows(tx, `select pg_advisory_xact_lock(hashtextextended('bulk_act ' || $1 || ' ' || $2, 0))`, [type, id]);
    const [counted] = await rows<{ count: number }>(
      tx,
      `select count(*)::int as count from bulk_act where state = 'running' and actor_type = $1 and actor_id = $2`,
      [type, id],
    );
    return counted?.count ?? 0;
  }

  /** Tickets of an act with how they ended, in the order of their ids. */
  async tickets(
    db: Db,
    id: BulkActId,
    states: readonly BulkTicketState[],
    limit: number,
    after?: TicketId,
  ): Promise<readonly BulkTicket[]> {
    return rows<BulkTicket>(
      db,
      `select ticket_id as "ticketId", state, reason from bulk_act_ticket
       where bulk_act_id = $1 and state = any($2) and ticket_id > $3 order by ticket_id limit $4`,
      [id, states, after ?? '0', limit],
    );
  }

  /** Acts that nobody seems to work at: not put on the queue, nor gone on, for a while. Marks them as put on. */
  async due(db: Db, limit: number): Promise<readonly BulkActId[]> {
    const found = await rows<{ id: BulkActId }>(
      db,
      `update bulk_act set enqueued_at = now() where id in (
         select id from bulk_act
         where state = 'running' and (enqueued_at is null or enqueued_at < now() - interval '30 s')
         order by enqueued_at nulls first, id limit $1 for update skip locked)
       returning id`,
      [limit],
    );
    return found.map(({ id }) => id);
  }

  /** The next tickets of an act; those that failed before come last. Says that the act goes on. */
  async next(db: Db, id: BulkActId, limit: number): Promise<readonly TicketId[]> {
    const found = await rows<{ ticketId: TicketId }>(
      db,
      `with going as (update bulk_act set enqueued_at = now() where id = $1 and state = 'running' returning id)
       select t.ticket_id as "ticketId" from going join bulk_act_ticket t on t.bulk_act_id = going.id
       where t.state = 'waiting' order by t.attempts, t.ticket_id limit $2`,
      [id, limit],
    );
    return found.map(({ ticketId }) => ticketId);
  }

  /** Takes a ticket for good: of two who try one gets it, and it is done when their transaction is. */
  async take(tx: Db, id: BulkActId, ticketId: TicketId): Promise<boolean> {
    const taken = await rows(
      tx,
      `update bulk_act_ticket t set state = 'done', reason = null from bulk_act a
       where t.bulk_act_id = $1 and t.ticket_id = $2 and t.state = 'waiting' and a.id = $1 and a.state = 'running'
       returning 1`,
      [id, ticketId],
    );
    return taken.length > 0;
  }

  async skip(db: Db, id: BulkActId, ticketIds: readonly TicketId[], reason: BulkReason): Promise<void> {
    await rows(
      db,
      `update bulk_act_ticket set state = 'skipped', reason = $3
       where bulk_act_id = $1 and ticket_id = any($2) and state = 'waiting'`,
      [id, ticketIds, reason],
    );
  }

  /** Lets a ticket be tried again later, a few times. */
  async failAttempt(db: Db, id: BulkActId, ticketId: TicketId, reason: BulkReason): Promise<void> {
    await rows(
      db,
      `update bulk_act_ticket set attempts = attempts + 1, reason = $3,
         state = case when attempts + 1 < ${mostAttempts} then 'waiting' else 'failed' end
       where bulk_act_id = $1 and ticket_id = $2 and state = 'waiting'`,
      [id, ticketId, reason],
    );
  }

  /** Ends an act whose tickets all ended; false when it has some left, or ended before. */
  async end(tx: Db, id: BulkActId): Promise<boolean> {
    const ended = await rows(
      tx,
      `update bulk_act a set state = 'done', ended_at = now()
       where a.id = $1 and a.state = 'running'
         and not exists (select from bulk_act_ticket t where t.bulk_act_id = a.id and t.state = 'waiting')
       returning 1`,
      [id],
    );
    return ended.length > 0;
  }

  /** Ends an act now; what it did not come to is skipped. False when it ended before. */
  async stop(tx: Db, id: BulkActId, reason: BulkReason): Promise<boolean> {
    const stopped = await rows(
      tx,
      `update bulk_act set state = 'stopped', ended_at = now() where id = $1 and state = 'running' returning 1`,
      [id],
    );
    if (stopped.length === 0) return false;
    await rows(
      tx,
      `update bulk_act_ticket set state = 'skipped', reason = $2 where bulk_act_id = $1 and state = 'waiting'`,
      [id, reason],
    );
    return true;
  }

  /** Forgets acts that ended long ago: what was done stands in the tickets themselves. */
  async forget(tx: Db): Promise<void> {
    await rows(tx, `delete from bulk_act where ended_at < now() - interval '30 days'`);
  }
}
