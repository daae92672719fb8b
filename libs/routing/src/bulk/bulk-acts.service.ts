import { Injectable } from '@nestjs/common';
import { mayCall, type Principal } from '#libs/access';
import { jobs, type TicketId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository, JobQueue } from '#libs/queue';
import { routeOfAct, type BulkAct, type BulkActId, type TicketAct } from './bulk-act.js';
import { BulkActsRepository } from './bulk-acts.repository.js';

/** Each of them may have thousands of tickets: nobody needs more at once. */
const mostRunning = 5;
const latest = 20;

/** Wishes to do one thing with many tickets: taken at once, worked by the router. */
@Injectable()
export class BulkActsService {
  constructor(
    private readonly database: Database,
    private readonly acts: BulkActsRepository,
    private readonly events: EventsRepository,
    private readonly queue: JobQueue,
  ) {}

  /** Refuses an act that the caller may not do with one ticket. */
  mustBeAllowed({ act }: TicketAct, by: Principal): void {
    if (mayCall(by, routeOfAct[act]) !== 'yes') throw new DeskError('forbidden');
  }

  /** `idem`: the same at every repetition of the same wish, which then has one effect. */
  async start(act: TicketAct, ticketIds: readonly TicketId[], by: Principal, idem?: string): Promise<BulkAct> {
    this.mustBeAllowed(act, by);
    return this.database.transaction(async (tx, afterCommit) => {
      if ((await this.acts.countRunning(tx, by)) >= mostRunning)
        throw new DeskError('too_many_requests', { text: 'refusal.tooManyBulkActs', most: mostRunning });
      await this.acts.forget(tx);
      const id = await this.acts.add(tx, by, act, ticketIds, idem);
      await this.tell(tx, id);
      afterCommit(() => this.queue.add(jobs.bulk, [id]));
      return this.mustExist(tx, id);
    });
  }

  /** The latest acts of the caller. */
  list(by: Principal): Promise<readonly BulkAct[]> {
    return this.acts.of(this.database.db, by, latest);
  }

  /** An act of the caller's own; those who lead see everybody's. */
  async get(id: BulkActId, by: Principal): Promise<BulkAct> {
    const act = await this.mustExist(this.database.db, id);
    const isOwn = act.actor.type === by.type && act.actor.id === by.id;
    if (!isOwn && mayCall(by, 'tickets.assign') !== 'yes') throw new DeskError('not_found', 'refusal.noBulkAct');
    return act;
  }

  /** Ends an act before its end; one that ended already stays as it is. */
  async stop(id: BulkActId, by: Principal): Promise<BulkAct> {
    await this.get(id, by);
    return this.database.transaction(async (tx) => {
      const stopped = await this.acts.stop(tx, id, { code: 'conflict', detail: 'refusal.bulkStopped' });
      if (stopped) await this.tell(tx, id);
      return this.mustExist(tx, id);
    });
  }

  /** Tells followers how far an act came. */
  async tell(tx: Db, id: BulkActId): Promise<void> {
    const { state, total, done, skipped, failed } = await this.mustExist(tx, id);
    await this.events.add(tx, [{ type: 'bulk.changed', data: { bulkActId: id, state, total, done, skipped, failed } }]);
  }

  private async mustExist(db: Db, id: BulkActId): Promise<BulkAct> {
    const act = await this.acts.get(db, id);
    if (!act) throw new DeskError('not_found', 'refusal.noBulkAct');
    return act;
  }
}
