import { Injectable } from '@nestjs/common';
import { jobs, type QueueId, type TicketId, type WorkItemId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { JobQueue } from '#libs/queue';
import { TicketAssigneesRepository } from '#libs/tickets';
import { AssignmentRecords } from './assignment-records.service.js';
import { CandidatesService } from './candidates.service.js';
import { planAssignments, reasonOf, type Assignment, type Candidate } from './plan-assignments.js';
import { WorkItemsRepository, type WaitingItem } from './work-items.repository.js';

/** What a call did, over all its queues. */
export interface AssignmentCount {
  readonly assigned: number;
  /** Items whose reason to wait was recorded. */
  readonly explained: number;
}

/** Most items of a queue that one transaction moves. */
const batch = 500;

/** Gives waiting work to specialists. Any number of processes may do it at the same time. */
@Injectable()
export class AssignWaiting {
  constructor(
    private readonly database: Database,
    private readonly candidates: CandidatesService,
    private readonly workItems: WorkItemsRepository,
    private readonly assignees: TicketAssigneesRepository,
    private readonly records: AssignmentRecords,
    private readonly queue: JobQueue,
  ) {}

  /** Assigns what can be assigned in these queues; where more than a batch waits the queue is rung again. */
  async assign(queueIds: readonly QueueId[]): Promise<AssignmentCount> {
    let assigned = 0;
    let explained = 0;
    for (const queueId of new Set(queueIds)) {
      const count = await this.assignQueue(queueId);
      assigned += count.assigned;
      explained += count.explained;
    }
    return { assigned, explained };
  }

  /**
   * Members are held first and all in one order; work and tickets only where nobody else has them. So this never
   * waits for anybody while it holds something that they wait for.
   */
  private assignQueue(queueId: QueueId): Promise<AssignmentCount> {
    return this.database.transaction(async (tx, afterCommit) => {
      const candidates = await this.candidates.hold(tx, queueId);
      const room = roomOf(candidates);
      const wanted = Math.min(room, batch);
      const items = wanted > 0 ? await this.takeFree(tx, queueId, wanted) : [];
      const { assigned } = planAssignments(items, candidates);
      if (assigned.length > 0) await this.carryOut(tx, queueId, items, assigned);
      const explained = assigned.length === room ? await this.explain(tx, queueId, candidates) : 0;
      const more = assigned.length === batch || explained === batch;
      if (more) afterCommit(() => this.queue.add(jobs.routing, [queueId]));
      return { assigned: assigned.length, explained };
    });
  }

  private async takeFree(tx: Db, queueId: QueueId, limit: number): Promise<WaitingItem[]> {
    const items = await this.workItems.takeWaiting(tx, queueId, limit);
    const free = await this.assignees.lockFree(
      tx,
      items.map(({ ticketId }) => ticketId),
    );
    return items.filter(({ ticketId }) => free.has(ticketId));
  }

  private async carryOut(
    tx: Db,
    queueId: QueueId,
    items: readonly WaitingItem[],
    assigned: readonly Assignment[],
  ): Promise<void> {
    const ticketOf = new Map<WorkItemId, TicketId>(items.map(({ id, ticketId }) => [id, ticketId]));
    const moves = assigned.flatMap((assignment) => {
      const ticketId = ticketOf.get(assignment.item.id);
      return ticketId ? [{ ...assignment, ticketId }] : [];
    });
    await this.candidates.take(
      tx,
      moves.map(({ specialistId }) => specialistId),
    );
    await this.workItems.assign(
      tx,
      moves.map(({ item, specialistId }) => ({ id: item.id, specialistId })),
    );
    await this.assignees.open(tx, moves);
    await this.records.assigned(tx, queueId, moves);
  }

  /** No room is left: whoever still waits gets to know why, each reason once. */
  private async explain(tx: Db, queueId: QueueId, candidates: readonly Candidate[]): Promise<number> {
    const why = reasonOf(candidates);
    const items = await this.workItems.takeUnexplained(tx, queueId, why, batch);
    if (items.length === 0) return 0;
    await this.workItems.explain(
      tx,
      items.map(({ id }) => id),
      why,
    );
    await this.records.waiting(tx, queueId, items, why, candidates);
    return items.length;
  }
}

const roomOf = (candidates: readonly Candidate[]): number =>
  candidates.reduce(
    (room, { present, capacity, openItems }) => room + (present ? Math.max(0, capacity - openItems) : 0),
    0,
  );
