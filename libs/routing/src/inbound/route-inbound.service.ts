import { Injectable, Logger } from '@nestjs/common';
import { InboxRepository, type Fate, type ReadyRow, type RowFate } from '#libs/channels';
import { jobs, type InboxId, type MessageId, type TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { EventsRepository, JobQueue } from '#libs/queue';
import { DecisionsRepository } from '#libs/tickets';
import { RouteRound } from './route-round.service.js';
import { firstRound } from './split-rounds.js';

/** Where an inbound row ended. */
export interface Routed {
  readonly inboxId: InboxId;
  readonly fate: Fate;
  readonly ticketId?: TicketId;
  readonly messageId?: MessageId;
  /** From the receipt of the item to this end. */
  readonly lagMs: number;
}

interface Round {
  readonly taken: readonly InboxId[];
  readonly routed: readonly Routed[];
}

/** The whole inbound job: from a normalized row to a ticket with work, in one transaction for each round. */
@Injectable()
export class RouteInbound {
  private readonly log = new Logger(RouteInbound.name);

  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly rounds: RouteRound,
    private readonly decisions: DecisionsRepository,
    private readonly events: EventsRepository,
    private readonly queue: JobQueue,
  ) {}

  /**
   * Routes those of the rows that are ready and gives where they ended; rows that are done, or in another router's
   * hands, are not in the answer. A row that can't be routed is set aside alone: its neighbours are not held up.
   */
  async route(ids: readonly InboxId[]): Promise<readonly Routed[]> {
    const routed: Routed[] = [];
    let left = [...new Set(ids)];
    while (left.length > 0) {
      const round = await this.routeRound(left);
      if (round.taken.length === 0) break;
      routed.push(...round.routed);
      const taken = new Set(round.taken);
      left = left.filter((id) => !taken.has(id));
    }
    return routed;
  }

  private async routeRound(ids: readonly InboxId[]): Promise<Round> {
    const taken: InboxId[] = [];
    try {
      return { taken, routed: await this.commitRound(ids, taken) };
    } catch (err) {
      if (taken.length === 0) throw err;
      this.log.warn({ err, rows: taken.length, msg: 'A round failed: its rows are routed one by one' });
      const routed: Routed[] = [];
      for (const id of taken) routed.push(...(await this.routeAlone(id)));
      return { taken, routed };
    }
  }

  private async routeAlone(id: InboxId): Promise<readonly Routed[]> {
    try {
      return await this.commitRound([id], []);
    } catch (err) {
      const { quarantined } = await this.inbox.failAttempt(this.database.db, id, reasonOf(err));
      this.log.error({ err, inboxId: id, quarantined, msg: 'An inbound row could not be routed' });
      return [];
    }
  }

  /** `taken` tells, also after a failure, which rows this was about. */
  private commitRound(ids: readonly InboxId[], taken: InboxId[]): Promise<readonly Routed[]> {
    return this.database.transaction(async (tx, afterCommit) => {
      const ready = await this.inbox.takeReady(tx, ids);
      taken.push(...ready.map(({ id }) => id));
      const rows = firstRound(ready);
      taken.splice(0, taken.length, ...rows.map(({ id }) => id));
      if (rows.length === 0) return [];
      const round = await this.rounds.route(tx, rows);
      const freed = await this.inbox.finish(tx, round.fates);
      await this.decisions.add(tx, round.decisions);
      await this.events.add(tx, round.events);
      round.ring(
        jobs.inbound,
        freed.filter((id) => !ids.includes(id)),
      );
      afterCommit(async () => {
        for (const { job, ids: rung } of round.bells) await this.queue.add(job, rung);
      });
      return endsOf(rows, round.fates, new Date());
    });
  }
}

function endsOf(rows: readonly ReadyRow[], fates: readonly RowFate[], now: Date): Routed[] {
  const receivedAt = new Map(rows.map((row) => [row.id, row.receivedAt]));
  return fates.map(({ id, fate, ticketId, messageId }) => ({
    inboxId: id,
    fate,
    lagMs: Math.max(0, now.getTime() - (receivedAt.get(id) ?? now).getTime()),
    ...(ticketId && { ticketId }),
    ...(messageId && { messageId }),
  }));
}

/** Names of faults only: what people wrote may stand in a message of the database. */
function reasonOf(err: unknown): string {
  if (!(err instanceof Error)) return 'unknown fault';
  const { code } = err as { code?: unknown };
  return typeof code === 'string' ? `${err.name} ${code}` : err.name;
}
