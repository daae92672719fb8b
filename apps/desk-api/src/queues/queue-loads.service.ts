import { Injectable } from '@nestjs/common';
import { PeopleRepository } from '#libs/access';
import { Database } from '#libs/database';
import { WorkLoadRepository } from '#libs/routing';
import { QueuesRepository, SpecialistsRepository } from '#libs/specialists';

interface Load {
  readonly waiting: number;
  readonly assigned: number;
  readonly oldestAgeSeconds: number | null;
}

const idle: Load = { waiting: 0, assigned: 0, oldestAgeSeconds: null };

/** The load of the desk at this moment, in one statement a table. */
@Injectable()
export class QueueLoads {
  constructor(
    private readonly database: Database,
    private readonly loads: WorkLoadRepository,
    private readonly queues: QueuesRepository,
    private readonly specialists: SpecialistsRepository,
    private readonly people: PeopleRepository,
  ) {}

  async now() {
    const { db } = this.database;
    const [queues, byQueue, channels, specialists] = await Promise.all([
      this.queues.list(db, true),
      this.loads.byQueue(db),
      this.loads.byChannel(db),
      this.specialists.list(db),
    ]);
    const names = await this.people.names(
      db,
      specialists.map(({ id }) => id),
    );
    const loadOf = (id: string): Load => pick(byQueue.find(({ queueId }) => queueId === id) ?? idle);
    return {
      at: new Date(),
      ...channels.reduce(together, idle),
      queues: queues.map((queue) => ({ ...queue, ...loadOf(queue.id) })),
      channels,
      specialists: specialists.map(({ id, presence, openItems, capacity }) => ({
        id,
        presence,
        capacity,
        name: names.get(id) ?? null,
        open: openItems,
      })),
    };
  }
}

const pick = ({ waiting, assigned, oldestAgeSeconds }: Load): Load => ({ waiting, assigned, oldestAgeSeconds });

function together(one: Load, other: Load): Load {
  const ages = [one.oldestAgeSeconds, other.oldestAgeSeconds].filter((age) => age !== null);
  return {
    waiting: one.waiting + other.waiting,
    assigned: one.assigned + other.assigned,
    oldestAgeSeconds: ages.length > 0 ? Math.max(...ages) : null,
  };
}
