import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/access';
import type { Locale, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError, say, text } from '#libs/platform';
import {
  BulkActsRepository,
  BulkActsService,
  mostBulkTickets,
  type BulkAct,
  type BulkActId,
  type BulkReason,
  type TicketAct,
} from '#libs/routing';
import { TicketListService, TicketRepository } from '#libs/tickets';
import { TicketPlaces } from '../tickets/ticket-places.service.js';
import { actOf, type BulkBody } from './bulk-shapes.js';

type States = Parameters<BulkActsRepository['tickets']>[2];

/** Wishes to act on many tickets, in the words of the API. */
@Injectable()
export class BulkWishes {
  constructor(
    private readonly database: Database,
    private readonly bulk: BulkActsService,
    private readonly acts: BulkActsRepository,
    private readonly lists: TicketListService,
    private readonly tickets: TicketRepository,
    private readonly places: TicketPlaces,
  ) {}

  /** Everything that can be refused is refused before anything is begun. */
  async start(body: BulkBody, by: Principal, idem: string | undefined): Promise<BulkAct> {
    const act = actOf(body);
    this.bulk.mustBeAllowed(act, by);
    await this.places.mustExist(namedIn(act));
    return this.bulk.start(act, await this.ticketsOf(body, by), by, idem);
  }

  /** Tickets of an act with how they ended; `bulk.get` must have let the reader see the act. */
  async ended(id: BulkActId, states: States, limit: number, after: TicketId | undefined, locale: Locale) {
    const { db } = this.database;
    const found = await this.acts.tickets(db, id, states, limit, after);
    const headings = await this.tickets.headings(
      db,
      found.map(({ ticketId }) => ticketId),
    );
    return found.map(({ ticketId, state, reason }) => ({
      ticket: { id: ticketId, ...(headings.get(ticketId) ?? { number: '', subject: '' }) },
      state,
      reason: reason && { code: reason.code, text: told(reason, locale) },
    }));
  }

  private async ticketsOf(body: BulkBody, by: Principal): Promise<readonly TicketId[]> {
    if (body.ids) return this.known([...new Set(body.ids)]);
    const filter = await this.places.filter(body.filter ?? {}, by);
    const found = await this.lists.ids({ filter, order: body.order }, mostBulkTickets + 1);
    if (found.length <= mostBulkTickets) return found;
    const message = { text: 'fault.tooManyTickets', most: mostBulkTickets } as const;
    throw new DeskError('invalid_input', undefined, [{ path: 'filter', message }]);
  }

  private async known(ids: readonly TicketId[]): Promise<readonly TicketId[]> {
    const known = await this.tickets.headings(this.database.db, ids);
    if (known.size === ids.length) return ids;
    throw new DeskError('invalid_input', undefined, [{ path: 'ids', message: 'fault.noTickets' }]);
  }
}

const namedIn = (act: TicketAct) => ({
  queue: act.act === 'move' ? act.queue : undefined,
  kind: act.act === 'kind' ? act.kind : undefined,
  ...(act.act === 'assign' && { specialistId: act.specialistId }),
});

const told = ({ code, detail }: BulkReason, locale: Locale): string =>
  detail ? say(locale, detail) : text(locale, `errors.${code}`);
