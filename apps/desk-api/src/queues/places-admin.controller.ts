import { Body, Controller, Param, Patch, Post, Put } from '@nestjs/common';
import type { QueueId } from '#libs/contracts';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { KindsAdmin } from './kinds-admin.service.js';
import { kindKey, kindOrder, kindShape, newPlace, placeChange, queueOrder, queueShape } from './place-shapes.js';
import { QueuesAdmin } from './queues-admin.service.js';

/** How administrators change the queues that tickets wait in, and the kinds that they are counted by. */
@Controller('api/v1')
export class PlacesAdminController {
  constructor(
    private readonly queues: QueuesAdmin,
    private readonly kinds: KindsAdmin,
  ) {}

  @Post('queues')
  @Route('queues.create', { summary: 'Add a queue after the others', answer: queueShape })
  createQueue(@Body({ schema: newPlace }) wish: z.output<typeof newPlace>) {
    return this.queues.create(wish);
  }

  @Put('queues/order')
  @Route('queues.arrange', {
    summary: 'Put the queues into an order; the first takes what nothing sends elsewhere',
    answer: z.object({ items: z.array(queueShape), next: z.null() }),
  })
  async arrangeQueues(@Body({ schema: queueOrder }) { ids }: z.output<typeof queueOrder>) {
    return { items: await this.queues.arrange(ids), next: null };
  }

  @Patch('queues/:id')
  @Route('queues.update', {
    summary: 'Rename a queue, or archive it: 409 while tickets, rules or accounts need it',
    answer: queueShape,
    ifMatch: 'required',
  })
  changeQueue(
    @Param('id', { schema: idShape }) id: QueueId,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: placeChange }) change: z.output<typeof placeChange>,
  ) {
    return this.queues.change(id, versions, change);
  }

  @Post('kinds')
  @Route('kinds.create', { summary: 'Add a kind of request after the others', answer: kindShape })
  createKind(@Body({ schema: newPlace }) wish: z.output<typeof newPlace>) {
    return this.kinds.create(wish);
  }

  @Put('kinds/order')
  @Route('kinds.arrange', {
    summary: 'Put the kinds of request into an order',
    answer: z.object({ items: z.array(kindShape), next: z.null() }),
  })
  async arrangeKinds(@Body({ schema: kindOrder }) { keys }: z.output<typeof kindOrder>) {
    return { items: await this.kinds.arrange(keys), next: null };
  }

  @Patch('kinds/:key')
  @Route('kinds.update', {
    summary: 'Rename a kind of request, or archive it',
    answer: kindShape,
    ifMatch: 'required',
  })
  changeKind(
    @Param('key', { schema: kindKey }) key: string,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: placeChange }) change: z.output<typeof placeChange>,
  ) {
    return this.kinds.change(key, versions, change);
  }
}
