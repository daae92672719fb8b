import { Controller, Get, Param, Query } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DecisionsRepository, MovesService, TimelineRepository } from '#libs/tickets';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { decodeCursor, pageOf, pageShape } from '../pages/cursor.js';
import { idShape } from '../pages/shapes.js';
import { decisionShape, decisionsQuery, messageShape, messagesQuery } from './timeline-shapes.js';
import { TimelineViews } from './timeline-views.service.js';

/** What was said on a ticket, and why it went where it went. */
@Controller('api/v1/tickets/:id')
export class TimelineController {
  constructor(
    private readonly database: Database,
    private readonly moves: MovesService,
    private readonly timeline: TimelineRepository,
    private readonly decisions: DecisionsRepository,
    private readonly views: TimelineViews,
  ) {}

  @Get('messages')
  @Route('tickets.messages', { summary: 'Messages, calls and notes of a ticket', answer: pageShape(messageShape) })
  async messages(
    @Param('id', { schema: idShape }) id: TicketId,
    @Query({ schema: messagesQuery }) { cursor, limit, order }: z.output<typeof messagesQuery>,
  ) {
    const { db } = this.database;
    await this.moves.read(db, id);
    const after = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const page = pageOf(await this.timeline.page(db, id, order, limit + 1, after), limit, (entry) => [entry.id]);
    return { items: await this.views.list(page.items), next: page.next };
  }

  @Get('decisions')
  @Route('tickets.decisions', {
    summary: 'Every choice that was made about a ticket',
    answer: pageShape(decisionShape),
  })
  async why(
    @Param('id', { schema: idShape }) id: TicketId,
    @Query({ schema: decisionsQuery }) { cursor, limit }: z.output<typeof decisionsQuery>,
  ) {
    const { db } = this.database;
    await this.moves.read(db, id);
    const after = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    return pageOf(await this.decisions.ofTicket(db, id, limit + 1, after), limit, (decision) => [decision.id]);
  }
}
