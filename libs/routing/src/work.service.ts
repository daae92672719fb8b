import { Injectable } from '@nestjs/common';
import type { PersonId, TicketId } from '#libs/contracts';
import { Database, JoinedDatabase, type AfterCommit, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { MovesService, needsWork, TicketRepository, type Mover, type Ticket, type TicketChange } from '#libs/tickets';
import { EpisodesService } from './episodes.service.js';

/** Which versions of the ticket the mover looked at; moves of older ones are refused. */
export interface Seen {
  readonly versions?: readonly number[] | undefined;
}

/** Moves by hand that change who works a ticket: ticket, work item and room change together or not at all. */
@Injectable()
export class WorkService {
  constructor(
    private readonly database: Database,
    private readonly moves: MovesService,
    private readonly tickets: TicketRepository,
    private readonly episodes: EpisodesService,
  ) {}

  /** The same moves as parts of a transaction of the caller's. */
  within(tx: Db, afterCommit: AfterCommit): WorkService {
    return new WorkService(new JoinedDatabase(tx, afterCommit), this.moves, this.tickets, this.episodes);
  }

  /** A specialist takes a ticket that nobody has. Of two who try at once one gets it, the other is told. */
  async claim(id: TicketId, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const ticket = await this.moves.begin(tx, id, 'claim', seen.versions);
      if (ticket.state === 'open' && ticket.assigneeId === by.id) return ticket;
      if (ticket.state === 'open') throw new DeskError('conflict', 'refusal.takenAlready');
      return this.give(tx, afterCommit, ticket, { to: by.id, force: false, move: 'claim' }, by);
    });
  }

  /** A supervisor gives a ticket to a specialist; `force` passes over absence and queues, never over capacity. */
  async assign(id: TicketId, to: PersonId, force: boolean, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const ticket = await this.moves.begin(tx, id, 'assign', seen.versions);
      if (ticket.state === 'open' && ticket.assigneeId === to) return ticket;
      return this.give(tx, afterCommit, ticket, { to, force, move: 'assign' }, by);
    });
  }

  /** The assignee gives it back to the queue. */
  async release(id: TicketId, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const ticket = await this.moves.begin(tx, id, 'release', seen.versions);
      await this.episodes.end(tx, afterCommit, [id], 'released');
      const released = await this.tickets.write(tx, id, { state: 'waiting', assigneeId: null });
      await this.episodes.open(tx, afterCommit, released, { avoidedId: ticket.assigneeId });
      await this.moves.record(tx, released, 'release', by, { from: ticket.assigneeId });
      return released;
    });
  }

  async close(id: TicketId, outcome: string | null, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      await this.moves.begin(tx, id, 'close', seen.versions);
      await this.episodes.end(tx, afterCommit, [id], 'closed');
      const closed = await this.tickets.write(tx, id, { state: 'closed', outcome });
      await this.moves.record(tx, closed, 'close', by);
      return closed;
    });
  }

  /** Back into its queue; whoever had it last is asked first. */
  async reopen(id: TicketId, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const ticket = await this.moves.begin(tx, id, 'reopen', seen.versions);
      const reopened = await this.tickets.write(tx, id, { state: 'waiting', assigneeId: null, outcome: null });
      await this.episodes.open(tx, afterCommit, reopened, { preferredId: ticket.assigneeId });
      await this.moves.record(tx, reopened, 'reopen', by);
      return reopened;
    });
  }

  /** Changes what a ticket is about. In another queue, or with another priority, it waits for a specialist anew. */
  async change(id: TicketId, change: TicketChange, by: Mover, seen: Seen): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const before = await this.moves.begin(tx, id, 'change', seen.versions);
      const moved = change.queueId !== undefined && change.queueId !== before.queueId;
      const urgent = change.priority !== undefined && change.priority !== before.priority && before.state === 'waiting';
      const requeue = needsWork(before.state) && (moved || urgent);
      if (requeue) await this.episodes.end(tx, afterCommit, [id], 'moved');
      const after = await this.tickets.write(tx, id, {
        ...change,
        ...(requeue && { state: 'waiting' as const, assigneeId: null }),
      });
      if (requeue) await this.episodes.open(tx, afterCommit, after, { preferredId: before.assigneeId });
      await this.moves.record(tx, after, 'change', by, { fields: changed(change).join(' ') });
      return after;
    });
  }

  private async give(
    tx: Db,
    afterCommit: AfterCommit,
    ticket: Ticket,
    how: { to: PersonId; force: boolean; move: 'claim' | 'assign' },
    by: Mover,
  ): Promise<Ticket> {
    if (!needsWork(ticket.state)) {
      await this.tickets.write(tx, ticket.id, { state: 'waiting', assigneeId: null });
      await this.episodes.open(tx, afterCommit, ticket, { preferredId: how.to });
    }
    await this.episodes.give(tx, afterCommit, ticket, how.to, how.force);
    const given = await this.moves.read(tx, ticket.id);
    await this.moves.record(tx, given, how.move, by, { to: how.to, from: ticket.assigneeId, force: how.force });
    return given;
  }
}

const changed = (change: TicketChange): readonly string[] =>
  Object.entries(change)
    .flatMap(([name, value]) => (value === undefined ? [] : [name]))
    .sort();
