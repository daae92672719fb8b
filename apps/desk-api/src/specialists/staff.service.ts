import { Injectable } from '@nestjs/common';
import { PeopleRepository } from '#libs/access';
import { jobs, type PersonId, type QueueId } from '#libs/contracts';
import { Database, type AfterCommit, type Db } from '#libs/database';
import { DeskError, type Fault } from '#libs/platform';
import { EventsRepository, JobQueue } from '#libs/queue';
import { QueuesRepository, SpecialistsRepository, type Presence, type Specialist } from '#libs/specialists';

/** Tickets at once of somebody for whom nothing was said. */
const usualCapacity = 5;

/** People as workers: whoever comes on, or gets room or a queue, is offered what waits there. */
@Injectable()
export class StaffService {
  constructor(
    private readonly database: Database,
    private readonly specialists: SpecialistsRepository,
    private readonly queues: QueuesRepository,
    private readonly people: PeopleRepository,
    private readonly events: EventsRepository,
    private readonly queue: JobQueue,
  ) {}

  async list() {
    return this.named(await this.specialists.list(this.database.db));
  }

  async setPresence(id: PersonId, presence: Presence) {
    const changed = await this.database.transaction(async (tx, afterCommit) => {
      await this.specialists.setPresence(tx, id, presence);
      return this.tell(tx, afterCommit, id);
    });
    return this.one(changed);
  }

  async declare(id: PersonId, change: { capacity?: number; queueIds?: readonly QueueId[] }) {
    const changed = await this.database.transaction(async (tx, afterCommit) => {
      const [known] = await this.specialists.lock(tx, [id]);
      const before = known ?? (await this.beginner(tx, id));
      if (change.queueIds) await this.mustExist(tx, change.queueIds);
      const { capacity, queueIds } = { ...before, ...change };
      await this.specialists.save(tx, [{ id, capacity, queueIds: [...new Set(queueIds)] }]);
      return this.tell(tx, afterCommit, id);
    });
    return this.one(changed);
  }

  /** Somebody of the desk who did not work tickets so far. */
  private async beginner(tx: Db, id: PersonId): Promise<{ capacity: number; queueIds: readonly QueueId[] }> {
    const person = await this.people.get(tx, id);
    if (!person || person.disabledAt !== null || person.role === 'director') {
      throw new DeskError('not_found', 'refusal.noSpecialist');
    }
    return { capacity: usualCapacity, queueIds: [] };
  }

  private async tell(tx: Db, afterCommit: AfterCommit, id: PersonId): Promise<Specialist> {
    const specialist = await this.specialists.get(tx, id);
    if (!specialist) throw new DeskError('not_found', 'refusal.noSpecialist');
    const { presence, capacity, queueIds } = specialist;
    await this.events.add(tx, [{ type: 'presence.changed', data: { specialistId: id, presence, capacity } }]);
    if (presence === 'on' && queueIds.length > 0) afterCommit(() => this.queue.add(jobs.routing, queueIds));
    return specialist;
  }

  /** Refuses queues that are not there, each with its place. */
  mustKnow(queueIds: readonly QueueId[]): Promise<void> {
    return this.mustExist(this.database.db, queueIds);
  }

  private async mustExist(tx: Db, queueIds: readonly QueueId[]): Promise<void> {
    const known = new Set((await this.queues.list(tx)).map(({ id }) => id));
    const faults = queueIds.flatMap((id, index): Fault[] =>
      known.has(id) ? [] : [{ path: `queueIds.${index}`, message: 'fault.noQueue' }],
    );
    if (faults.length > 0) throw new DeskError('invalid_input', undefined, faults);
  }

  private async one(specialist: Specialist) {
    return (await this.named([specialist]))[0];
  }

  private async named(specialists: readonly Specialist[]) {
    const names = await this.people.names(
      this.database.db,
      specialists.map(({ id }) => id),
    );
    return specialists.map(({ id, presence, presenceAt, capacity, openItems, queueIds }) => ({
      id,
      presence,
      presenceAt,
      capacity,
      openItems,
      queueIds,
      name: names.get(id) ?? null,
    }));
  }
}
