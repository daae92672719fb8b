import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AuditModule } from '#libs/audit';
import { ChannelsModule } from '#libs/channels';
import { DatabaseModule } from '#libs/database';
import { FilesModule } from '#libs/files';
import { type CommonConfig, PlatformModule } from '#libs/platform';
import { QueueModule } from '#libs/queue';
import { RoutingModule } from '#libs/routing';
import { SpecialistsModule } from '#libs/specialists';
import { ApplyDeskFileService } from './apply-desk-file.service.js';
import { DeclarePeopleService } from './declare-people.service.js';
import { KeepDeskService } from './keep-desk.service.js';

@Module({})
export class DeskFileModule {
  /** What declaring a desk needs, without serving anything. */
  static forRoot(config: CommonConfig): DynamicModule {
    const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: prefix } = config;
    return {
      module: DeskFileModule,
      imports: [
        PlatformModule.forRoot({ name: 'switchboard', config, probes: 'none' }),
        DatabaseModule.forRoot({ url: databaseUrl, poolSize: 2, applicationName: 'switchboard apply' }),
        QueueModule.forRoot({ databaseUrl, redisUrl, prefix }),
        FilesModule.forRoot({ dir: config.DATA_DIR }),
        ChannelsModule.rows(),
        AccessModule,
        AuditModule,
        SpecialistsModule,
        RoutingModule,
      ],
      providers: [ApplyDeskFileService, DeclarePeopleService, KeepDeskService],
    };
  }
}
