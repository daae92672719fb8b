import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { PersonId, QueueId } from '#libs/contracts';

export interface QueueLoad {
  readonly queueId: QueueId;
  readonly waiting: number;
  readonly assigned: number;
  readonly oldestWaitingSince: Date | null;
  /** By the clock of the database. */
  readonly oldestAgeSeconds: number | null;
}

export interface ChannelLoad {
  readonly channel: string;
  readonly waiting: number;
  readonly assigned: number;
  readonly oldestAgeSeconds: number | null;
}

export interface SpecialistLoad {
  readonly specialistId: PersonId;
  readonly queueId: QueueId;
  readonly assigned: number;
}

const oldestAge = `extract(epoch from now() - min(waiting_since) filter (where state = 'waiting'))::int`;

/** What waits and what is worked, read from `work_item`. */
@Injectable()
export class WorkLoadRepository {
  byQueue(db: Db): Promise<QueueLoad[]> {
    return rows(
      db,
      `select queue_id as "queueId", (count(*) filter (where state = 'waiting'))::int as waiting,
         (count(*) filter (where state = 'assigned'))::int as assigned,
         min(waiting_since) filter (where state = 'waiting') as "oldestWaitingSince",
         ${oldestAge} as "oldestAgeSeconds"
       from work_item where state <> 'done' group by queue_id order by queue_id`,
    );
  }

  /** The same by the channel that the tickets came by. */
  byChannel(db: Db): Promise<ChannelLoad[]> {
    return rows(
      db,
      `select channel, (count(*) filter (where state = 'waiting'))::int as waiting,
         (count(*) filter (where state = 'assigned'))::int as assigned, ${oldestAge} as "oldestAgeSeconds"
       from live_work group by channel order by channel`,
    );
  }

  bySpecialist(db: Db): Promise<SpecialistLoad[]> {
    return rows(
      db,
      `select specialist_id as "specialistId", queue_id as "queueId", count(*)::int as assigned
       from work_item where state = 'assigned' group by specialist_id, queue_id order by specialist_id, queue_id`,
    );
  }

  /** Queues in which something waits; walks the index from queue to queue, however long they are. */
  async waitingQueues(db: Db): Promise<QueueId[]> {
    const found = await rows<{ id: QueueId }>(
      db,
      `with recursive q as (
         (select queue_id from work_item where state = 'waiting' order by queue_id limit 1)
         union all
         select (select w.queue_id from work_item w where w.state = 'waiting' and w.queue_id > q.queue_id
                 order by w.queue_id limit 1)
         from q where q.queue_id is not null
       ) select queue_id as id from q where queue_id is not null`,
    );
    return found.map(({ id }) => id);
  }

  /** Queues with work that was never looked at. */
  async unexplainedQueues(db: Db): Promise<QueueId[]> {
    const found = await rows<{ id: QueueId }>(
      db,
      `select distinct queue_id as id from work_item where state = 'waiting' and waiting_reasons = '{}'`,
    );
    return found.map(({ id }) => id);
  }
}
