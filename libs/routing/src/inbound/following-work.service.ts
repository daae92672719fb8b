import { Injectable } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import type { Db } from '#libs/database';
import { SpecialistsRepository } from '#libs/specialists';
import type { InboundRound, OpenedTicket, TouchedTicket } from '#libs/tickets';
import type { RuleDecision } from '../rules/evaluate-rules.js';
import { WorkItemsRepository, type NewWorkItem } from '../assignment/work-items.repository.js';

/** A new ticket with what decided where it goes. */
export interface TriagedTicket extends OpenedTicket {
  readonly decision: RuleDecision;
}

/** The work that inbound messages make, and the work that they end. */
@Injectable()
export class FollowingWorkService {
  constructor(
    private readonly workItems: WorkItemsRepository,
    private readonly specialists: SpecialistsRepository,
  ) {}

  async make(
    tx: Db,
    touched: readonly TouchedTicket[],
    opened: readonly TriagedTicket[],
    round: InboundRound,
  ): Promise<void> {
    const woken = touched.filter(({ state, stateBefore }) => state === 'waiting' && stateBefore !== 'waiting');
    const items = [...woken.map(again), ...opened.flatMap(anew)];
    await this.workItems.open(tx, items);
    round.ring(
      jobs.routing,
      items.map(({ queueId }) => queueId),
    );
    for (const { id: ticketId, queueId } of woken) {
      round.tell({ type: 'ticket.changed', ticketId, queueId, data: { state: 'waiting' } });
    }
    await this.end(tx, touched, round);
  }

  /** Tickets that were resolved on a call: whoever had them can take other work. */
  private async end(tx: Db, touched: readonly TouchedTicket[], round: InboundRound): Promise<void> {
    const closed = touched.filter(({ state, stateBefore }) => state === 'closed' && stateBefore !== 'closed');
    if (closed.length === 0) return;
    const ended = await this.workItems.end(
      tx,
      closed.map(({ id }) => id),
      'closed',
    );
    for (const { id: ticketId, queueId } of closed) {
      round.tell({ type: 'ticket.changed', ticketId, queueId, data: { state: 'closed' } });
    }
    for (const { specialistId } of ended) {
      const specialist = specialistId ? await this.specialists.get(tx, specialistId) : undefined;
      round.ring(jobs.routing, specialist?.queueIds ?? []);
    }
  }
}

/** Whoever had the ticket last knows it. */
const again = ({ id, queueId, priority, assigneeBefore }: TouchedTicket): NewWorkItem => ({
  ticketId: id,
  queueId,
  priority,
  preferredId: assigneeBefore,
});

const anew = ({ id, row, decision: { queueId, priority } }: TriagedTicket): NewWorkItem[] =>
  row.message.call?.resolved ? [] : [{ ticketId: id, queueId, priority }];
