import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { PersonId, QueueId } from '#libs/contracts';
import type { Presence, Specialist, SpecialistDeclaration } from './specialist.js';

/** A number of work items of one specialist. */
export interface Room {
  readonly specialistId: PersonId;
  readonly items: number;
}

const columns = `
  s.id, s.capacity, s.open_items as "openItems", s.presence, s.presence_at as "presenceAt",
  s.last_assigned_at as "lastAssignedAt",
  array(select sq.queue_id::text from specialist_queue sq where sq.specialist_id = s.id order by sq.queue_id) as "queueIds"`;

/** SQL of `specialist` and `specialist_queue`. `open_items` is changed by `takeRoom` and `giveRoom` alone. */
@Injectable()
export class SpecialistsRepository {
  list(db: Db): Promise<Specialist[]> {
    return rows(db, `select ${columns} from specialist s order by s.id`);
  }

  async get(db: Db, id: PersonId): Promise<Specialist | undefined> {
    const [specialist] = await rows<Specialist>(db, `select ${columns} from specialist s where s.id = $1`, [id]);
    return specialist;
  }

  /** Creates or changes specialists; their presence is set only when they are new, afterwards it is their own. */
  async save(tx: Db, declared: readonly SpecialistDeclaration[]): Promise<void> {
    await rows(
      tx,
      `insert into specialist (id, capacity, presence)
       select * from unnest($1::bigint[], $2::int[], $3::text[])
       on conflict (id) do update set capacity = excluded.capacity`,
      [
        declared.map(({ id }) => id),
        declared.map(({ capacity }) => capacity),
        declared.map(({ presence }) => presence ?? 'off'),
      ],
    );
    const members = declared.flatMap(({ id, queueIds }) => queueIds.map((queueId) => ({ id, queueId })));
    await rows(
      tx,
      `with wanted as (select * from unnest($2::bigint[], $3::bigint[]) as w (specialist_id, queue_id)),
       left_queues as (
         delete from specialist_queue sq where sq.specialist_id = any($1::bigint[])
           and not exists (select from wanted w where w.specialist_id = sq.specialist_id and w.queue_id = sq.queue_id)
       )
       insert into specialist_queue (specialist_id, queue_id) select * from wanted on conflict do nothing`,
      [declared.map(({ id }) => id), members.map(({ id }) => id), members.map(({ queueId }) => queueId)],
    );
  }

  /** Whether there is such a specialist. Ring `routing` for their queues after the commit when they came on. */
  async setPresence(db: Db, id: PersonId, presence: Presence): Promise<boolean> {
    const changed = await rows(
      db,
      `update specialist set presence = $2, presence_at = case when presence = $2 then presence_at else now() end
       where id = $1 returning id`,
      [id, presence],
    );
    return changed.length > 0;
  }

  /** Members of a queue, locked in the order of their ids, so that whoever assigns to them waits for one another. */
  lockMembers(tx: Db, queueId: QueueId): Promise<Specialist[]> {
    return rows(
      tx,
      `select ${columns} from specialist s
       where s.id in (select specialist_id from specialist_queue where queue_id = $1) order by s.id for update of s`,
      [queueId],
    );
  }

  /** Several specialists, locked in the same order. */
  lock(tx: Db, ids: readonly PersonId[]): Promise<Specialist[]> {
    return rows(
      tx,
      `select ${columns} from specialist s where s.id = any($1::bigint[]) order by s.id for update of s`,
      [ids],
    );
  }

  /** Takes room of each specialist, all of it or none; gives the ids of those who had it. */
  async takeRoom(tx: Db, room: readonly Room[]): Promise<PersonId[]> {
    const taken = await rows<{ id: PersonId }>(
      tx,
      `update specialist s set open_items = s.open_items + r.items, last_assigned_at = now()
       from unnest($1::bigint[], $2::int[]) as r (id, items)
       where s.id = r.id and s.open_items + r.items <= s.capacity returning s.id`,
      [room.map(({ specialistId }) => specialistId), room.map(({ items }) => items)],
    );
    return taken.map(({ id }) => id);
  }

  /** Gives back what `takeRoom` took. */
  async giveRoom(tx: Db, room: readonly Room[]): Promise<void> {
    await rows(
      tx,
      `with r as (select id, sum(items)::int as items from unnest($1::bigint[], $2::int[]) as u (id, items) group by id),
       held as (select s.id from specialist s where s.id = any($1::bigint[]) order by s.id for update)
       update specialist s set open_items = s.open_items - r.items from r join held using (id) where s.id = r.id`,
      [room.map(({ specialistId }) => specialistId), room.map(({ items }) => items)],
    );
  }
}
