import { Body, Controller, Get, Headers, Param, Post, Query } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError, localeOf } from '#libs/platform';
import { WebhookDeliveriesRepository, WebhookEndpointsRepository, WebhookReplays } from '#libs/webhooks';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { decodeCursor, pageOf, pageShape } from '../pages/cursor.js';
import { idShape } from '../pages/shapes.js';
import { noBody } from '../tickets/ticket-shapes.js';
import {
  attemptView,
  deliveriesQuery,
  deliveryCardShape,
  deliveryShape,
  deliveryView,
  replayBody,
} from './webhook-shapes.js';

/** What was told to an endpoint, what became of it, and telling it again. */
@Controller('api/v1/webhooks/:id')
export class WebhookDeliveriesController {
  constructor(
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly replays: WebhookReplays,
  ) {}

  @Get('deliveries')
  @Route('webhooks.deliveries', {
    summary: 'Deliveries of the last month, the latest first',
    answer: pageShape(deliveryShape),
  })
  async list(
    @Param('id', { schema: idShape }) id: string,
    @Query({ schema: deliveriesQuery }) { cursor, limit, state }: z.output<typeof deliveriesQuery>,
    @Headers('accept-language') language: string | undefined,
  ) {
    await this.mustExist(id);
    const before = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const found = await this.deliveries.page(this.database.db, id, { state, before, limit: limit + 1 });
    const page = pageOf(found, limit, (delivery) => [delivery.id]);
    return { items: page.items.map((delivery) => deliveryView(delivery, localeOf(language))), next: page.next };
  }

  @Get('deliveries/:deliveryId')
  @Route('webhooks.delivery', {
    summary: 'A delivery with each try and the first bytes of its answer',
    answer: deliveryCardShape,
  })
  async get(
    @Param('id', { schema: idShape }) id: string,
    @Param('deliveryId', { schema: idShape }) deliveryId: string,
    @Headers('accept-language') language: string | undefined,
  ) {
    await this.mustExist(id);
    const { db } = this.database;
    const delivery = await this.deliveries.get(db, id, deliveryId);
    if (!delivery) throw new DeskError('not_found');
    const locale = localeOf(language);
    const tries = await this.deliveries.attempts(db, deliveryId);
    return { ...deliveryView(delivery, locale), tries: tries.map((attempt) => attemptView(attempt, locale)) };
  }

  @Post('deliveries/:deliveryId/replay')
  @Route('webhooks.replayOne', { summary: 'Deliver one again, under its old id', status: 202, answer: deliveryShape })
  async replayOne(
    @Param('id', { schema: idShape }) id: string,
    @Param('deliveryId', { schema: idShape }) deliveryId: string,
    @Headers('accept-language') language: string | undefined,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    return deliveryView(await this.replays.one(id, deliveryId), localeOf(language));
  }

  @Post('replay')
  @Route('webhooks.replay', {
    summary: 'Deliver what failed since a time, and what happened since and was never told',
    status: 202,
    answer: z.object({ count: z.number().int() }),
  })
  async replay(
    @Param('id', { schema: idShape }) id: string,
    @Body({ schema: replayBody }) { since, until }: z.output<typeof replayBody>,
  ) {
    return { count: await this.replays.since(id, since, until ?? new Date()) };
  }

  @Post('test')
  @Route('webhooks.test', { summary: 'Deliver a message of type webhook.test', status: 202, answer: deliveryShape })
  async test(
    @Param('id', { schema: idShape }) id: string,
    @Headers('accept-language') language: string | undefined,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    return deliveryView(await this.replays.test(id), localeOf(language));
  }

  /** A delivery is reached through its endpoint alone. */
  private async mustExist(id: string): Promise<void> {
    if (!(await this.endpoints.get(this.database.db, id))) throw new DeskError('not_found');
  }
}
