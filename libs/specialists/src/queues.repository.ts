import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { LocalText, QueueId } from '#libs/contracts';
import type { Kind, Queue } from './specialist.js';

/** A queue or a kind as declared; its place in the list is its position. */
export interface Declared {
  readonly key: string;
  readonly title: LocalText;
}

/** SQL of `queue` and `kind`. */
@Injectable()
export class QueuesRepository {
  /**
   * In the order of their positions; the first is where work goes that nothing else gives a queue. With `retired`
   * also those that old tickets may still stand in.
   */
  list(db: Db, retired = false): Promise<Queue[]> {
    const sql = 'select id, key, title, position from queue where retired_at is null or $1 order by position, id';
    return rows(db, sql, [retired]);
  }

  kinds(db: Db, retired = false): Promise<Kind[]> {
    const sql = 'select key, title, position from kind where retired_at is null or $1 order by position, key';
    return rows(db, sql, [retired]);
  }

  /** Creates or changes queues by key and gives them in the order asked. */
  async save(db: Db, queues: readonly Declared[]): Promise<{ id: QueueId; key: string }[]> {
    return rows(
      db,
      `insert into queue (key, title, position)
       select key, title, ord - 1 from unnest($1::text[], $2::jsonb[]) with ordinality as d (key, title, ord) order by ord
       on conflict (key) do update set title = excluded.title, position = excluded.position, retired_at = null
       returning id, key`,
      [queues.map(({ key }) => key), queues.map(({ title }) => JSON.stringify(title))],
    );
  }

  /** Creates or changes kinds by key. */
  async saveKinds(db: Db, kinds: readonly Declared[]): Promise<void> {
    await rows(
      db,
      `insert into kind (key, title, position)
       select key, title, ord - 1 from unnest($1::text[], $2::jsonb[]) with ordinality as d (key, title, ord) order by ord
       on conflict (key) do update set title = excluded.title, position = excluded.position, retired_at = null`,
      [kinds.map(({ key }) => key), kinds.map(({ title }) => JSON.stringify(title))],
    );
  }

  /**
   * Those of `waiting` that were not offered within the last five seconds while a member has room, and those of
   * `unexplained` whoever is there; marks them as offered now.
   */
  async markDue(
    db: Db,
    waiting: readonly QueueId[],
    unexplained: readonly QueueId[],
    limit: number,
  ): Promise<QueueId[]> {
    const due = await rows<{ id: QueueId }>(
      db,
      `update queue q set offered_at = now() where q.id in (
         select c.id from queue c
         where c.id = any($1::bigint[]) and (c.offered_at is null or c.offered_at < now() - interval '5 seconds')
           and (c.id = any($2::bigint[]) or exists (
             select from specialist_queue sq join specialist s on s.id = sq.specialist_id
             where sq.queue_id = c.id and s.presence = 'on' and s.open_items < s.capacity))
         order by c.offered_at nulls first limit $3 for update skip locked)
       returning q.id`,
      [waiting, unexplained, limit],
    );
    return due.map(({ id }) => id);
  }
}
