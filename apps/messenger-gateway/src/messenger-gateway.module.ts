import { type DynamicModule, Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels';
import { DatabaseModule } from '#libs/database';
import { FilesModule } from '#libs/files';
import { PlatformModule } from '#libs/platform';
import { QueueModule } from '#libs/queue';
import type { MessengerGatewayVariables } from './messenger-gateway.config.js';
import { TelegramAdapter } from './telegram/telegram.adapter.js';

const name = 'messenger-gateway';

/** The channels of this gateway: a new messenger is one more line. */
const channels = { adapters: [TelegramAdapter] };

/** Hosts the messengers. A new one is a folder beside `telegram/` and its adapter in this list. */
@Module({})
export class MessengerGatewayModule {
  /** `check`: only tries the accounts against their servers. */
  static forRoot(variables: MessengerGatewayVariables, use: 'serve' | 'check' = 'serve'): DynamicModule {
    const { DATABASE_URL, DATABASE_POOL, DATA_DIR, REDIS_URL, QUEUE_PREFIX } = variables;
    return {
      module: MessengerGatewayModule,
      imports: [
        PlatformModule.forRoot({ name, config: variables }),
        DatabaseModule.forRoot({ url: DATABASE_URL, poolSize: DATABASE_POOL, applicationName: `switchboard ${name}` }),
        QueueModule.forRoot({ databaseUrl: DATABASE_URL, redisUrl: REDIS_URL, prefix: QUEUE_PREFIX }),
        FilesModule.forRoot({ dir: DATA_DIR }),
        use === 'serve' ? ChannelsModule.host(channels) : ChannelsModule.checks(channels),
      ],
    };
  }
}
