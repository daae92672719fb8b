import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { DecisionsRepository } from './decisions.repository.js';
import { TicketRepository } from './ticket.repository.js';
import { mayMove, type Permit, type Ticket, type TicketMove } from './ticket.js';

/** Who moves a ticket: a person at the desk, or a program by its key. */
export interface Mover {
  readonly type: 'person' | 'program';
  readonly id: string;
  readonly name: string;
}

/** What every move by hand begins and ends with. */
@Injectable()
export class MovesService {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly decisions: DecisionsRepository,
    private readonly events: EventsRepository,
  ) {}

  /**
   * Holds the ticket until the transaction ends and makes sure that the move is allowed as it stands now: a mover
   * who looked at older versions only is told so, whatever they allowed.
   */
  async begin(tx: Db, id: TicketId, move: TicketMove, seen?: readonly number[]): Promise<Ticket> {
    const ticket = (await this.tickets.lock(tx, [id])).get(id);
    if (!ticket) throw new DeskError('not_found', 'refusal.noTicket');
    if (seen && !seen.includes(ticket.version)) {
      throw new DeskError('precondition_failed', { text: 'refusal.changedSince', version: ticket.version });
    }
    insist(mayMove(ticket, move));
    return ticket;
  }

  /** The ticket as it stands, or the refusal that there is none. */
  async read(db: Db, id: TicketId): Promise<Ticket> {
    const ticket = await this.tickets.get(db, id);
    if (!ticket) throw new DeskError('not_found', 'refusal.noTicket');
    return ticket;
  }

  /** Tells that a move made a ticket. */
  async announce(tx: Db, { id: ticketId, queueId }: Pick<Ticket, 'id' | 'queueId'>): Promise<void> {
    await this.events.add(tx, [{ type: 'ticket.created', ticketId, queueId }]);
  }

  /** Keeps who moved the ticket and how, and tells whoever is looking at it. `detail` holds ids and states only. */
  async record(
    tx: Db,
    ticket: Pick<Ticket, 'id' | 'queueId' | 'state'>,
    move: TicketMove,
    by: Mover,
    detail: Readonly<Record<string, string | number | boolean | null>> = {},
  ): Promise<void> {
    const { id: ticketId, queueId, state } = ticket;
    const reason = { by: `${by.type}:${by.id}`, state, ...detail };
    await this.decisions.add(tx, [{ step: 'move', ticketId, outcome: move, reason }]);
    await this.events.add(tx, [{ type: 'ticket.changed', ticketId, queueId, data: { move, state } }]);
  }
}

/** Turns an expected refusal of a pure law into the refusal that callers see. */
export function insist(permit: Permit): void {
  if (!permit.ok) throw new DeskError(permit.code, permit.detail);
}
