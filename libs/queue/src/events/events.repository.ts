import { Injectable } from '@nestjs/common';
import type { DeskEvent } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { StoredEvent } from './stored-event.js';

/** A part of the stream by time. */
export interface Stretch {
  readonly since: Date;
  readonly until: Date;
  readonly types: readonly string[];
  /** Id of the event before the first; '0' for the beginning. */
  readonly after: string;
}

/**
 * The stream of events. Its order is that of (transaction, id), and only transactions older than every open one are
 * shown: nothing can appear before a row that somebody has read, however late its transaction commits.
 */
@Injectable()
export class EventsRepository {
  /** Adds events to the transaction of what they tell; followers are rung by its commit. */
  async add(tx: Db, events: readonly DeskEvent[]): Promise<void> {
    if (events.length === 0) return;
    await rows(
      tx,
      `insert into event (type, ticket_id, queue_id, data)
       select * from unnest($1::text[], $2::bigint[], $3::bigint[], $4::jsonb[])`,
      [
        events.map(({ type }) => type),
        events.map(({ ticketId }) => ticketId ?? null),
        events.map(({ queueId }) => queueId ?? null),
        events.map(({ data }) => JSON.stringify(data ?? {})),
      ],
    );
  }

  /** Up to `limit` events that follow the event `lastId` in the stream; '0' stands before the first. */
  after(db: Db, lastId: string, limit: number): Promise<StoredEvent[]> {
    return rows<StoredEvent>(
      db,
      `with last as (
         -- An event that was cleaned away is stood in for by the one before it.
         select xact from event where id <= $1 order by id desc limit 1)
       select id, at, type, ticket_id as "ticketId", queue_id as "queueId", data
       from event
       where (xact, id) > (coalesce((select xact from last), '0'::xid8), $1::bigint)
         and xact < pg_snapshot_xmin(pg_current_snapshot())
       order by xact, id limit $2`,
      [lastId, limit],
    );
  }

  /** Events of these types in a stretch of time, in the order of their ids, from the one after `after` on. */
  between(db: Db, stretch: Stretch, limit: number): Promise<StoredEvent[]> {
    const { since, until, types, after } = stretch;
    return rows<StoredEvent>(
      db,
      `select id, at, type, ticket_id as "ticketId", queue_id as "queueId", data from event
       where at >= $1 and at < $2 and type = any($3::text[]) and id > $4 order by id limit $5`,
      [since, until, types, after, limit],
    );
  }

  /** The end of the stream as it can be read now; '0' while it is empty. */
  async lastId(db: Db): Promise<string> {
    const [last] = await rows<{ id: string }>(
      db,
      `select id from event where xact < pg_snapshot_xmin(pg_current_snapshot()) order by xact desc, id desc limit 1`,
    );
    return last?.id ?? '0';
  }
}
