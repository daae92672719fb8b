import { Injectable, Logger } from '@nestjs/common';
import { LivingPrincipals, mayCall } from '#libs/access';
import { jobs, type TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import type { Mover } from '#libs/tickets';
import { WorkService } from '../work.service.js';
import { routeOfAct, type BulkAct, type BulkActId, type TicketAct } from './bulk-act.js';
import { BulkActsRepository } from './bulk-acts.repository.js';
import { BulkActsService } from './bulk-acts.service.js';

/** Tickets between two looks at the act: whether it was stopped, and what its actor may do by now. */
const batch = 25;
/** Then others have their turn. */
const sliceMs = 5_000;

type Carrying = {
  readonly [Name in TicketAct['act']]: (
    work: WorkService,
    id: TicketId,
    act: Extract<TicketAct, { act: Name }>,
    by: Mover,
  ) => Promise<unknown>;
};

/** By the very moves that one ticket is moved by. */
const carrying: Carrying = {
  assign: (work, id, { specialistId, force }, by) => work.assign(id, specialistId, force, by),
  release: (work, id, _, by) => work.release(id, by),
  close: (work, id, { outcome }, by) => work.close(id, outcome, by),
  reopen: (work, id, _, by) => work.reopen(id, by),
  move: (work, id, { queue }, by) => work.change(id, { queueId: queue }, by, {}),
  kind: (work, id, { kind }, by) => work.change(id, { kind }, by, {}),
  priority: (work, id, { priority }, by) => work.change(id, { priority }, by, {}),
};

/**
 * Works acts on many tickets. Each ticket is moved in a transaction of its own that also ends it in the act: whenever
 * the process goes, what was done is marked as done and the rest waits for whoever comes next.
 */
@Injectable()
export class BulkWork {
  private readonly log = new Logger(BulkWork.name);

  constructor(
    private readonly database: Database,
    private readonly acts: BulkActsRepository,
    private readonly wishes: BulkActsService,
    private readonly principals: LivingPrincipals,
    private readonly work: WorkService,
    private readonly queue: JobQueue,
  ) {}

  /** Goes on with an act for a while; what is left then comes again by the queue. */
  async goOn(id: BulkActId): Promise<void> {
    const until = performance.now() + sliceMs;
    for (;;) {
      const act = await this.acts.get(this.database.db, id);
      if (act?.state !== 'running') return;
      const tickets = await this.acts.next(this.database.db, id, batch);
      if (tickets.length === 0) return this.end(id);
      await this.workBatch(act, tickets);
      if (performance.now() > until) return this.queue.add(jobs.bulk, [id]);
    }
  }

  private async workBatch(act: BulkAct, tickets: readonly TicketId[]): Promise<void> {
    const { id, actor } = act;
    const principal = await this.principals.of(actor);
    if (principal && mayCall(principal, routeOfAct[act.act.act]) === 'yes') {
      for (const ticketId of tickets) await this.workOne(act, ticketId);
    } else {
      await this.acts.skip(this.database.db, id, tickets, { code: 'forbidden' });
    }
    await this.database.transaction((tx) => this.wishes.tell(tx, id));
  }

  private async workOne({ id, act, actor }: BulkAct, ticketId: TicketId): Promise<void> {
    const { db } = this.database;
    try {
      await this.database.transaction(async (tx, afterCommit) => {
        if (!(await this.acts.take(tx, id, ticketId))) return;
        await carryOut(this.work.within(tx, afterCommit), ticketId, act, actor);
      });
    } catch (err) {
      if (err instanceof DeskError) {
        await this.acts.skip(db, id, [ticketId], { code: err.code, detail: err.detail });
      } else {
        this.log.warn({ err, bulkActId: id, ticketId, msg: 'A ticket of a bulk act could not be moved' });
        await this.acts.failAttempt(db, id, ticketId, { code: 'unavailable' });
      }
    }
  }

  private async end(id: BulkActId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (await this.acts.end(tx, id)) await this.wishes.tell(tx, id);
    });
  }
}

function carryOut<Name extends TicketAct['act']>(
  work: WorkService,
  id: TicketId,
  act: Extract<TicketAct, { act: Name }>,
  by: Mover,
): Promise<unknown> {
  return carrying[act.act as Name](work, id, act, by);
}
