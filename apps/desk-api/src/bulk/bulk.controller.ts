import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import type { Principal } from '#libs/access';
import { localeOf } from '#libs/platform';
import { BulkActsService, type BulkAct, type BulkActId } from '#libs/routing';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import { decodeCursor, pageOf, pageQuery, pageShape } from '../pages/cursor.js';
import { idShape } from '../pages/shapes.js';
import { noBody } from '../tickets/ticket-shapes.js';
import { bulkBody, bulkShape, bulkTicketShape, bulkTicketsQuery, type BulkBody } from './bulk-shapes.js';
import { BulkWishes } from './bulk-wishes.service.js';

const ticketsQuery = z.strictObject({ ...pageQuery, ...bulkTicketsQuery });

/** One act on many tickets: begun at once, followed by its id. */
@Controller('api/v1/tickets/bulk')
export class BulkController {
  constructor(
    private readonly bulk: BulkActsService,
    private readonly wishes: BulkWishes,
  ) {}

  @Post()
  @Route('bulk.create', {
    summary: 'Do one thing with up to 10,000 tickets, named or matched by a filter; answers before it is done',
    answer: bulkShape,
    status: 202,
  })
  async create(
    @Body({ schema: bulkBody }) body: BulkBody,
    @Caller() caller: Principal,
    @IdempotencyKey() idem: string | undefined,
  ) {
    return shown(await this.wishes.start(body, caller, idem));
  }

  @Get()
  @Route('bulk.list', {
    summary: 'The caller’s latest acts on many tickets',
    answer: z.object({ items: z.array(bulkShape), next: z.null() }),
  })
  async list(@Caller() caller: Principal) {
    return { items: (await this.bulk.list(caller)).map(shown), next: null };
  }

  @Get(':id')
  @Route('bulk.get', { summary: 'How far an act on many tickets came', answer: bulkShape })
  async get(@Param('id', { schema: idShape }) id: BulkActId, @Caller() caller: Principal) {
    return shown(await this.bulk.get(id, caller));
  }

  @Get(':id/tickets')
  @Route('bulk.tickets', {
    summary: 'Tickets of an act on many, by how they ended, with the reasons of those that were passed over',
    answer: pageShape(bulkTicketShape),
  })
  async tickets(
    @Param('id', { schema: idShape }) id: BulkActId,
    @Query({ schema: ticketsQuery }) { cursor, limit, state }: z.output<typeof ticketsQuery>,
    @Caller() caller: Principal,
    @Headers('accept-language') language: string | undefined,
  ) {
    await this.bulk.get(id, caller);
    const after = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const found = await this.wishes.ended(id, state, limit + 1, after, localeOf(language));
    return pageOf(found, limit, ({ ticket }) => [ticket.id]);
  }

  @Post(':id/stop')
  @Route('bulk.stop', {
    summary: 'End an act on many tickets now; what was done stays',
    answer: bulkShape,
    status: 200,
  })
  async stop(
    @Param('id', { schema: idShape }) id: BulkActId,
    @Caller() caller: Principal,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    return shown(await this.bulk.stop(id, caller));
  }
}

const shown = ({ actor, ...act }: BulkAct) => ({ ...act, by: actor });
