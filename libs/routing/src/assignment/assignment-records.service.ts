import { Injectable } from '@nestjs/common';
import type { QueueId, TicketId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { DecisionsRepository } from '#libs/tickets';
import { mostConsidered, type Assignment, type Candidate, type WaitingReason } from './plan-assignments.js';
import type { WaitingItem } from './work-items.repository.js';

/** An assignment with the ticket that the work belongs to. */
export interface Assigned extends Assignment {
  readonly ticketId: TicketId;
}

/** Keeps why work went where it went, or nowhere, and tells those who look. */
@Injectable()
export class AssignmentRecords {
  constructor(
    private readonly decisions: DecisionsRepository,
    private readonly events: EventsRepository,
  ) {}

  async assigned(tx: Db, queueId: QueueId, assigned: readonly Assigned[]): Promise<void> {
    await this.decisions.add(
      tx,
      assigned.map(({ item, ticketId, specialistId, by, considered, eligible }) => ({
        step: 'assignment',
        ticketId,
        workItemId: item.id,
        outcome: 'assigned',
        reason: { specialistId, by, considered, eligible, queueId, priority: item.priority },
      })),
    );
    await this.events.add(
      tx,
      assigned.map(({ ticketId, specialistId }) => ({
        type: 'ticket.changed',
        ticketId,
        queueId,
        data: { state: 'open', assigneeId: specialistId },
      })),
    );
  }

  async waiting(
    tx: Db,
    queueId: QueueId,
    items: readonly WaitingItem[],
    why: WaitingReason,
    candidates: readonly Candidate[],
  ): Promise<void> {
    const considered = candidates
      .slice(0, mostConsidered)
      .map(({ id, present, openItems, capacity }) => ({ id, present, openItems, capacity }));
    const reason = { why, queueId, considered, members: candidates.length };
    await this.decisions.add(
      tx,
      items.map(({ id, ticketId }) => ({ step: 'assignment', ticketId, workItemId: id, outcome: 'waiting', reason })),
    );
  }
}
