import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AuditModule } from '#libs/audit';
import { RequestersModule } from '#libs/requesters';
import { SpecialistsModule } from '#libs/specialists';
import { TicketsModule } from '#libs/tickets';
import { WebhookBodies } from './webhook-body.service.js';
import { WebhookChecks } from './webhook-checks.service.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { WebhookEnds } from './webhook-ends.service.js';
import { WebhookFanOut } from './webhook-fan-out.service.js';
import { WebhookPostClient } from './webhook-post.client.js';
import { WebhookReplays } from './webhook-replays.service.js';
import { WebhookSending } from './webhook-sending.service.js';
import { WebhooksService } from './webhooks.service.js';

const below = [AccessModule, AuditModule, RequestersModule, SpecialistsModule, TicketsModule];
const rows = [WebhookBodies, WebhookChecks, WebhookDeliveriesRepository, WebhookEndpointsRepository];
const setting = [WebhookReplays, WebhooksService];
const telling = [WebhookEnds, WebhookPostClient, WebhookSending];

/** Endpoints and their deliveries, for processes that set them up. */
@Module({ imports: below, providers: [...rows, ...setting], exports: [...rows, ...setting] })
export class WebhooksModule {}

/** Sends deliveries that are due. */
@Module({ imports: [...below, WebhooksModule], providers: telling, exports: [WebhooksModule, WebhookSending] })
export class WebhookSendingModule {}

/** Turns what happens into deliveries. */
@Module({ imports: [WebhooksModule], providers: [WebhookFanOut], exports: [WebhookFanOut] })
export class WebhookFanOutModule {}
