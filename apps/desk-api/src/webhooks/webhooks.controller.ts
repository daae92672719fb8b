import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import type { Principal } from '#libs/access';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import {
  type IssuedEndpoint,
  WebhookEndpointsRepository,
  webhookEvents,
  type WebhookOwner,
  WebhooksService,
} from '#libs/webhooks';
import type { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import { mustMatch, type SeenVersions } from '../versions/version-tag.js';
import {
  issuedWebhookShape,
  newWebhook,
  rotation,
  webhookChange,
  webhookShape,
  webhooksShape,
  webhookView,
} from './webhook-shapes.js';

const ownerOf = ({ type, id }: Principal): WebhookOwner => ({ type, id });
const issued = ({ endpoint, secret }: IssuedEndpoint) => ({ ...webhookView(endpoint), secret });

/** Where other programs are told what happens, by Standard Webhooks. */
@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly webhooks: WebhooksService,
  ) {}

  @Get()
  @Route('webhooks.list', { summary: 'Endpoints of webhooks, and what they may listen to', answer: webhooksShape })
  async list() {
    const items = (await this.endpoints.list(this.database.db)).map(webhookView);
    return { items, eventTypes: webhookEvents, next: null };
  }

  @Get(':id')
  @Route('webhooks.get', { summary: 'One endpoint', answer: webhookShape })
  async get(@Param('id', { schema: idShape }) id: string) {
    const endpoint = await this.endpoints.get(this.database.db, id);
    if (!endpoint) throw new DeskError('not_found');
    return webhookView(endpoint);
  }

  @Post()
  @Route('webhooks.create', {
    summary: 'Add an endpoint; the answer alone shows the secret that its deliveries are signed with',
    answer: issuedWebhookShape,
  })
  async create(@Body({ schema: newWebhook }) wish: z.output<typeof newWebhook>, @Caller() caller: Principal) {
    return issued(await this.webhooks.create({ ...wish, owner: ownerOf(caller) }));
  }

  @Patch(':id')
  @Route('webhooks.update', {
    summary: 'Change an endpoint, or switch it on or off; whoever changes it answers for what it is sent',
    answer: webhookShape,
    ifMatch: 'required',
  })
  async update(
    @Param('id', { schema: idShape }) id: string,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: webhookChange }) change: z.output<typeof webhookChange>,
    @Caller() caller: Principal,
  ) {
    const guard = ({ version }: { version: number }) => mustMatch(versions, version);
    return webhookView(await this.webhooks.change(id, guard, change, ownerOf(caller)));
  }

  @Delete(':id')
  @Route('webhooks.archive', { summary: 'End an endpoint', status: 204 })
  archive(@Param('id', { schema: idShape }) id: string): Promise<void> {
    return this.webhooks.archive(id);
  }

  @Post(':id/rotate-secret')
  @Route('webhooks.rotateSecret', {
    summary: 'Make a new secret; for some hours deliveries are signed with both',
    status: 200,
    answer: issuedWebhookShape,
    ifMatch: 'optional',
  })
  async rotate(
    @Param('id', { schema: idShape }) id: string,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: rotation.default({ overlapHours: 24 }) }) { overlapHours }: z.output<typeof rotation>,
  ) {
    const guard = ({ version }: { version: number }) => mustMatch(versions, version);
    return issued(await this.webhooks.rotate(id, guard, overlapHours));
  }
}
