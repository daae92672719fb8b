import { Controller, Get, Query } from '@nestjs/common';
import { Database } from '#libs/database';
import { QueuesRepository } from '#libs/specialists';
import { TicketTrendRepository } from '#libs/tickets';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { dateShape, idShape } from '../pages/shapes.js';
import { kindShape, placesQuery, queueShape } from './place-shapes.js';
import { QueueLoads } from './queue-loads.service.js';

const load = {
  waiting: z.number().int(),
  assigned: z.number().int(),
  /** Of the work item that waits longest; null when nothing waits. */
  oldestAgeSeconds: z.number().int().nullable(),
};
const loadShape = z
  .object({
    at: dateShape,
    ...load,
    queues: z.array(queueShape.extend(load)),
    channels: z.array(z.object({ channel: z.string(), ...load })),
    specialists: z.array(
      z.object({
        id: idShape,
        name: z.string().nullable(),
        presence: z.enum(['on', 'away', 'off']),
        open: z.number().int(),
        capacity: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Load' });

const traffic = { arrived: z.number().int(), closed: z.number().int() };
const trendShape = z
  .object({
    quarters: z.array(
      z.object({
        /** The beginning of a quarter of an hour; the last one runs still. */
        at: dateShape,
        ...traffic,
        weekAgo: z.object(traffic),
      }),
    ),
  })
  .meta({ id: 'Trend' });

/** The lines that tickets wait in. */
@Controller('api/v1')
export class QueuesController {
  constructor(
    private readonly database: Database,
    private readonly queues: QueuesRepository,
    private readonly loads: QueueLoads,
    private readonly trends: TicketTrendRepository,
  ) {}

  @Get('queues')
  @Route('queues.list', {
    summary: 'Queues in their order; `archived=true` with those that take nothing new',
    answer: z.object({ items: z.array(queueShape), next: z.null() }),
  })
  async list(@Query({ schema: placesQuery }) { archived }: z.output<typeof placesQuery>) {
    return { items: await this.queues.list(this.database.db, archived === 'true'), next: null };
  }

  @Get('kinds')
  @Route('kinds.list', {
    summary: 'Kinds of request in their order; `archived=true` with those that no new request gets',
    answer: z.object({ items: z.array(kindShape), next: z.null() }),
  })
  async kinds(@Query({ schema: placesQuery }) { archived }: z.output<typeof placesQuery>) {
    return { items: await this.queues.kinds(this.database.db, archived === 'true'), next: null };
  }

  @Get('queues/load')
  @Route('queues.load', { summary: 'What waits and who works, per queue, channel and specialist', answer: loadShape })
  load() {
    return this.loads.now();
  }

  @Get('queues/trend')
  @Route('queues.trend', {
    summary: 'What came and what was closed, per quarter of an hour of the last two, and a week ago',
    answer: trendShape,
  })
  async trend() {
    return { quarters: await this.trends.quarters(this.database.db) };
  }
}
