import { type DynamicModule, Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels';
import { DatabaseModule } from '#libs/database';
import { FilesModule } from '#libs/files';
import { PlatformModule } from '#libs/platform';
import { QueueModule } from '#libs/queue';
import { AccountCheckClient } from './email/account-check.client.js';
import { EmailAdapter } from './email/email.adapter.js';
import { ImapIntakeClient } from './email/imap-intake.client.js';
import { MailFolderClient } from './email/mail-folder.client.js';
import { OAuthClient } from './email/oauth.client.js';
import { SmtpIntakeClient } from './email/smtp-intake.client.js';
import { SmtpClient } from './email/smtp.client.js';
import type { EmailGatewayVariables } from './email-gateway.config.js';

const name = 'email-gateway';

/** The channels of this gateway, and what their adapters need. */
const channels = {
  adapters: [EmailAdapter],
  providers: [AccountCheckClient, ImapIntakeClient, MailFolderClient, OAuthClient, SmtpClient, SmtpIntakeClient],
};

/** Hosts the mailboxes. */
@Module({})
export class EmailGatewayModule {
  /** `check`: only tries the accounts against their servers. */
  static forRoot(variables: EmailGatewayVariables, use: 'serve' | 'check' = 'serve'): DynamicModule {
    const { DATABASE_URL, DATABASE_POOL, DATA_DIR, REDIS_URL, QUEUE_PREFIX } = variables;
    return {
      module: EmailGatewayModule,
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
