import { Controller, Get, Param } from '@nestjs/common';
import { locales, type RequesterId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { RequestersRepository } from '#libs/requesters';
import { ReachService, replyRoutes, TicketListRepository } from '#libs/tickets';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { addressShape, ticketShape } from '../tickets/ticket-shapes.js';
import { TicketViews } from '../tickets/ticket-views.service.js';

const requesterShape = z
  .object({
    id: idShape,
    name: z.string().nullable(),
    locale: z.enum(locales).nullable(),
    addresses: z.array(addressShape),
    replyChannels: z.array(z.string()),
    /** The latest; all of them by `GET /tickets?requester=`. */
    tickets: z.array(ticketShape),
  })
  .meta({ id: 'Requester' });

const ticketsShown = 20;

/** Who asks for help. */
@Controller('api/v1/requesters')
export class RequestersController {
  constructor(
    private readonly database: Database,
    private readonly requesters: RequestersRepository,
    private readonly reach: ReachService,
    private readonly lists: TicketListRepository,
    private readonly views: TicketViews,
  ) {}

  @Get(':id')
  @Route('requesters.get', { summary: 'A requester with addresses and latest tickets', answer: requesterShape })
  async get(@Param('id', { schema: idShape }) id: RequesterId) {
    const { db } = this.database;
    const requester = await this.requesters.get(db, id);
    if (!requester) throw new DeskError('not_found', 'refusal.noRequester');
    const reach = await this.reach.of(db, requester.id);
    const requesterIds = await this.requesters.idsOf(db, requester.id);
    const tickets = await this.lists.page(db, { filter: { requesterIds }, order: 'latest', limit: ticketsShown });
    return {
      ...requester,
      addresses: reach.addresses,
      replyChannels: replyRoutes(reach).map(({ channel }) => channel),
      tickets: await this.views.list(tickets),
    };
  }
}
