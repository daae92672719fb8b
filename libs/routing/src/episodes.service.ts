import { Injectable } from '@nestjs/common';
import { jobs, type ErrorCode, type PersonId, type TicketId } from '#libs/contracts';
import type { AfterCommit, Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import { SpecialistsRepository } from '#libs/specialists';
import type { Ticket } from '#libs/tickets';
import { WorkItemsRepository, type AssignOutcome } from './assignment/work-items.repository.js';

const refusals: Readonly<Record<Exclude<AssignOutcome, 'assigned'>, ErrorCode>> = {
  full: 'specialist_full',
  absent: 'specialist_absent',
  'not-in-queue': 'specialist_not_in_queue',
  'nothing-waiting': 'conflict',
};

type Placed = Pick<Ticket, 'id' | 'queueId' | 'priority'>;

/** Episodes of work together with the bell: room given back, or work made, is offered once the commit holds. */
@Injectable()
export class EpisodesService {
  constructor(
    private readonly workItems: WorkItemsRepository,
    private readonly specialists: SpecialistsRepository,
    private readonly queue: JobQueue,
  ) {}

  /** The tickets need nobody any more; whoever had them can take other work. */
  async end(tx: Db, afterCommit: AfterCommit, ticketIds: readonly TicketId[], reason: string): Promise<void> {
    const ended = await this.workItems.end(tx, ticketIds, reason);
    for (const { specialistId } of ended) if (specialistId) await this.offerRoom(tx, afterCommit, specialistId);
  }

  /** The ticket needs somebody, rather whoever knows it than whoever gave it back. */
  async open(
    tx: Db,
    afterCommit: AfterCommit,
    ticket: Placed,
    wish: { readonly preferredId?: PersonId | null; readonly avoidedId?: PersonId | null },
  ): Promise<void> {
    const { id: ticketId, queueId, priority } = ticket;
    await this.workItems.open(tx, [{ ticketId, queueId, priority, ...wish }]);
    this.ring(afterCommit, [queueId]);
  }

  /** Gives the ticket to one specialist, or throws the refusal that says why not. */
  async give(
    tx: Db,
    afterCommit: AfterCommit,
    ticket: Pick<Ticket, 'id' | 'state' | 'assigneeId'>,
    specialistId: PersonId,
    force: boolean,
  ): Promise<void> {
    const outcome = await this.workItems.assignTo(tx, ticket.id, specialistId, { force });
    if (outcome !== 'assigned') throw new DeskError(refusals[outcome]);
    const former = ticket.state === 'open' ? ticket.assigneeId : null;
    if (former && former !== specialistId) await this.offerRoom(tx, afterCommit, former);
  }

  /** Whether a person works tickets at all: only they can have one. */
  async isSpecialist(db: Db, id: PersonId): Promise<boolean> {
    return (await this.specialists.get(db, id)) !== undefined;
  }

  private async offerRoom(tx: Db, afterCommit: AfterCommit, specialistId: PersonId): Promise<void> {
    const specialist = await this.specialists.get(tx, specialistId);
    this.ring(afterCommit, specialist?.queueIds ?? []);
  }

  private ring(afterCommit: AfterCommit, queueIds: readonly string[]): void {
    if (queueIds.length > 0) afterCommit(() => this.queue.add(jobs.routing, queueIds));
  }
}
