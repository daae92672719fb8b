import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels';
import { RoutingModule } from '#libs/routing';
import { SpecialistsModule } from '#libs/specialists';
import { TicketsModule } from '#libs/tickets';
import { WebhooksModule } from '#libs/webhooks';
import { AccountTrialsController } from './accounts/account-trials.controller.js';
import { AccountTrials } from './accounts/account-trials.service.js';
import { KindsAdmin } from './queues/kinds-admin.service.js';
import { PlacesAdminController } from './queues/places-admin.controller.js';
import { QueuesAdmin } from './queues/queues-admin.service.js';
import { RulesAdmin } from './rules/rules-admin.service.js';
import { RulesController } from './rules/rules.controller.js';
import { WordingAdmin } from './wording/wording-admin.service.js';
import { WordingController } from './wording/wording.controller.js';
import { WebhookDeliveriesController } from './webhooks/webhook-deliveries.controller.js';
import { WebhooksController } from './webhooks/webhooks.controller.js';

/** How the desk itself is set up over HTTP. */
@Module({
  imports: [ChannelsModule.rows(), RoutingModule, SpecialistsModule, TicketsModule, WebhooksModule],
  controllers: [
    AccountTrialsController,
    PlacesAdminController,
    RulesController,
    WordingController,
    WebhookDeliveriesController,
    WebhooksController,
  ],
  providers: [AccountTrials, KindsAdmin, QueuesAdmin, RulesAdmin, WordingAdmin],
})
export class AdministrationModule {}
