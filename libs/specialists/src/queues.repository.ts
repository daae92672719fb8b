import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { LocalText, QueueId } from '#libs/contracts';
import type { Kind, Queue } from './specialist.js';

/** A queue or a kind as declared; its place in the list is its position. */
export interface Declared {
  readonly key: string;
  readonly title: LocalText;
}

/** What of a queue or a kind is changed. */
export interface PlaceChange {
  readonly title?: LocalText | undefined;
  readonly archived?: boolean | undefined;
}

const facts = 'key, title, position, retired_at as "archivedAt", version';

/** SQL of `queue`, and of `kind` as everybody reads it. */
@Injectable()
export class QueuesRepository {
  /**
   * In the order of their positions; the first is where work goes that nothing else gives a queue. With `retired`
   * also those that old tickets may still stand in.
   */
  list(db: Db, retired = false): Promise<Queue[]> {
    const sql = `select id, ${facts} from queue where retired_at is null or $1 order by position, id`;
    return rows(db, sql, [retired]);
  }

  kinds(db: Db, retired = false): Promise<Kind[]> {
    const sql = `select ${facts} from kind where retired_at is null or $1 order by position, key`;
    return rows(db, sql, [retired]);
  }

  /** Held until the transaction ends: no ticket comes into it meanwhile. */
  async lock(tx: Db, id: QueueId): Promise<Queue | undefined> {
    return (await rows<Queue>(tx, `select id, ${facts} from queue where id = $1 for update`, [id]))[0];
  }

  /** Adds a queue at the end; nothing when the key is taken. */
  async add(db: Db, { key, title }: Declared): Promise<Queue | undefined> {
    const sql = `
      insert into queue (key, title, position) select $1, $2::jsonb, coalesce(max(position) + 1, 0) from queue
      on conflict (key) do nothing returning id, ${facts}`;
    return (await rows<Queue>(db, sql, [key, JSON.stringify(title)]))[0];
  }

  async change(tx: Db, id: QueueId, { title, archived }: PlaceChange): Promise<Queue> {
    const sql = `
      update queue set title = coalesce($2::jsonb, title), version = version + 1,
        retired_at = case when $3::boolean is null then retired_at when $3 then coalesce(retired_at, now()) end
      where id = $1 returning id, ${facts}`;
    const values = [id, title ? JSON.stringify(title) : null, archived ?? null];
    return (await rows<Queue>(tx, sql, values))[0] as Queue;
  }

  /** Nobody works this queue any more. */
  async dismiss(tx: Db, id: QueueId): Promise<void> {
    await rows(tx, 'delete from specialist_queue where queue_id = $1', [id]);
  }

  /** Puts the queues into this order. */
  async arrange(tx: Db, ids: readonly QueueId[]): Promise<void> {
    const sql = `
      update queue q set position = o.n - 1, version = version + 1
      from unnest($1::bigint[]) with ordinality as o (id, n) where q.id = o.id and position <> o.n - 1`;
    await rows(tx, sql, [ids]);
  }

  /** Creates or changes queues by key and gives them in the order asked. */
  async save(db: Db, queues: readonly Declared[]): Promise<{ id: QueueId; key: string }[]> {
    return rows(
      db,
      `insert into queue (key, title, position)
       select key, title, ord - 1 from unnest($1::text[], $2::jsonb[]) with ordinality as d (key, title, ord) order by ord
       on conflict (key) do update set title = excluded.title, position = excluded.position, retired_at = null,
         version = queue.version + ((queue.title, queue.position, queue.retired_at)
           is distinct from (excluded.title, excluded.position, null))::int
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
       on conflict (key) do update set title = excluded.title, position = excluded.position, retired_at = null,
         version = kind.version + ((kind.title, kind.position, kind.retired_at)
           is distinct from (excluded.title, excluded.position, null))::int`,
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
