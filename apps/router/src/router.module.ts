import { Module, type DynamicModule } from '@nestjs/common';
import { ChannelsModule, InboundSource } from '#libs/channels';
import { jobs } from '#libs/contracts';
import { DatabaseModule } from '#libs/database';
import { FilesModule } from '#libs/files';
import { PlatformModule } from '#libs/platform';
import { QueueModule } from '#libs/queue';
import { BulkSource, RoutingModule, WaitingSource } from '#libs/routing';
import { SpecialistsModule } from '#libs/specialists';
import { WebhookFanOutModule, WebhookSendingModule, WebhookSource } from '#libs/webhooks';
import { AssignWaitingJob } from './assign-waiting.job.js';
import { RouteInboundJob } from './route-inbound.job.js';
import type { RouterConfig } from './router.config.js';
import { RouterLevels } from './router-levels.service.js';
import { SendWebhooksJob } from './send-webhooks.job.js';
import { WorkBulkJob } from './work-bulk.job.js';

const libs = [ChannelsModule.rows(), RoutingModule, SpecialistsModule];

@Module({})
export class RouterModule {
  /** Works the ticket stream and offers waiting work. Run as many as the load asks for. */
  static forRoot(config: RouterConfig): DynamicModule {
    return {
      module: RouterModule,
      imports: [
        PlatformModule.forRoot({ name: 'router', config }),
        DatabaseModule.forRoot({
          url: config.DATABASE_URL,
          poolSize: config.DATABASE_POOL,
          applicationName: 'router',
        }),
        QueueModule.forRoot({
          databaseUrl: config.DATABASE_URL,
          redisUrl: config.REDIS_URL,
          prefix: config.QUEUE_PREFIX,
        }),
        FilesModule.forRoot({ dir: config.DATA_DIR }),
        ...libs,
        QueueModule.work({
          jobs: [jobs.inbound, jobs.routing, jobs.bulk],
          handlers: [RouteInboundJob, AssignWaitingJob, WorkBulkJob],
          sources: [InboundSource, WaitingSource, BulkSource],
          imports: libs,
        }),
        QueueModule.work({
          jobs: [jobs.webhooks],
          handlers: [SendWebhooksJob],
          sources: [WebhookSource],
          imports: [WebhookSendingModule],
        }),
        WebhookFanOutModule,
      ],
      providers: [RouterLevels],
    };
  }
}
