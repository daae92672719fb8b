import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import type { Principal } from '#libs/access';
import type { TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { WorkService } from '#libs/routing';
import { MovesService, TicketListService, type ListOrder } from '#libs/tickets';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { decodeCursor, pageOf, pageShape } from '../pages/cursor.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { ticketsQuery, type TicketsQuery } from './filter-shapes.js';
import { TicketPlaces } from './ticket-places.service.js';
import { ticketCardShape, ticketChange, ticketShape } from './ticket-shapes.js';
import { TicketViews } from './ticket-views.service.js';

/** A cursor goes on in the order in which it was begun. */
const listCursor = (order: ListOrder) => z.tuple([z.literal(order), z.iso.datetime({ precision: 6 }), idShape]);

/** Tickets as people find, read and describe them. */
@Controller('api/v1/tickets')
export class TicketsController {
  constructor(
    private readonly database: Database,
    private readonly lists: TicketListService,
    private readonly moves: MovesService,
    private readonly work: WorkService,
    private readonly views: TicketViews,
    private readonly places: TicketPlaces,
  ) {}

  @Get()
  @Route('tickets.list', {
    summary: 'Tickets, by filters, in one of three orders; or what a search finds',
    answer: pageShape(ticketShape),
  })
  async list(
    @Query({ schema: ticketsQuery }) { cursor, limit, order: wanted, ...asked }: TicketsQuery,
    @Caller() caller: Principal,
  ) {
    const filter = await this.places.filter(asked, caller);
    const order = wanted ?? (filter.search ? 'newest' : 'latest');
    const key = decodeCursor(cursor, listCursor(order));
    const after = key && { at: key[1], id: key[2] };
    const found = await this.lists.page({ filter, order, limit: limit + 1, after });
    const page = pageOf(found, limit, ({ position }) => [order, position.at, position.id]);
    return { items: await this.views.list(page.items), next: page.next };
  }

  @Get(':id')
  @Route('tickets.get', { summary: 'A ticket with its requester, tasks and allowed moves', answer: ticketCardShape })
  async get(@Param('id', { schema: idShape }) id: TicketId) {
    return this.views.card(await this.moves.read(this.database.db, id));
  }

  @Patch(':id')
  @Route('tickets.update', {
    summary: 'Change subject, kind, queue or priority; in another queue it waits for a specialist anew',
    answer: ticketCardShape,
    ifMatch: 'required',
  })
  async update(
    @Param('id', { schema: idShape }) id: TicketId,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: ticketChange }) change: z.output<typeof ticketChange>,
    @Caller() caller: Principal,
  ) {
    await this.places.mustExist(change);
    const { queue: queueId, ...rest } = change;
    return this.views.card(await this.work.change(id, { ...rest, queueId }, caller, { versions }));
  }
}
