import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DynamicModule } from '@nestjs/common';
import { type CommonConfig, createApp, loadConfig } from '#libs/platform';
import { JobRegistry } from '#libs/queue';
import { deskApiVariables } from '../../../apps/desk-api/src/desk-api.config.js';
import { DeskApiModule } from '../../../apps/desk-api/src/desk-api.module.js';
import { emailGatewayVariables } from '../../../apps/email-gateway/src/email-gateway.config.js';
import { EmailGatewayModule } from '../../../apps/email-gateway/src/email-gateway.module.js';
import { messengerGatewayVariables } from '../../../apps/messenger-gateway/src/messenger-gateway.config.js';
import { MessengerGatewayModule } from '../../../apps/messenger-gateway/src/messenger-gateway.module.js';
import { routerConfig } from '../../../apps/router/src/router.config.js';
import { RouterModule } from '../../../apps/router/src/router.module.js';
import { aDatabase, type TestDatabase } from '../../support/database.js';

/** THE list: who works which job, and who names its unfinished work. A new job shows here. */
const golden = {
  'email-gateway': [
    { job: 'check.email', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
    { job: 'outbound.email', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
  ],
  'messenger-gateway': [
    { job: 'check.telegram', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
    { job: 'outbound.telegram', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
  ],
  router: [
    { job: 'bulk', handlers: ['WorkBulkJob'], sources: ['BulkSource'] },
    { job: 'inbound', handlers: ['RouteInboundJob'], sources: ['InboundSource'] },
    { job: 'routing', handlers: ['AssignWaitingJob'], sources: ['WaitingSource'] },
    { job: 'webhooks', handlers: ['SendWebhooksJob'], sources: ['WebhookSource'] },
  ],
  // The channels that need no gateway: answers are read by the form, calls are only logged.
  'desk-api': [
    { job: 'check.form', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
    { job: 'check.phone', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
    { job: 'outbound.form', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
    { job: 'outbound.phone', handlers: ['ChannelHandler'], sources: ['ChannelSource'] },
  ],
};

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await aDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'switchboard-jobs-'));
});
afterAll(async () => {
  await database.close();
  await rm(dataDir, { recursive: true });
});

async function jobsOf<Config extends CommonConfig>(module: (config: Config) => DynamicModule, config: Config) {
  const app = await createApp(module(config), config);
  try {
    return app.get(JobRegistry).entries();
  } finally {
    await app.close();
  }
}

describe('jobs', () => {
  const env = () => ({
    DATABASE_URL: database.url,
    SECRET_KEY: 'ab'.repeat(32),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
  });

  it('of the e-mail gateway', async () => {
    const config = loadConfig(emailGatewayVariables, env());
    expect(await jobsOf((it) => EmailGatewayModule.forRoot(it), config)).toEqual(golden['email-gateway']);
  });

  it('of the messenger gateway', async () => {
    const config = loadConfig(messengerGatewayVariables, env());
    expect(await jobsOf((it) => MessengerGatewayModule.forRoot(it), config)).toEqual(golden['messenger-gateway']);
  });

  it('of the router', async () => {
    expect(await jobsOf((it) => RouterModule.forRoot(it), loadConfig(routerConfig, env()))).toEqual(golden.router);
  });

  it('of the API', async () => {
    expect(await jobsOf((it) => DeskApiModule.forRoot(it), loadConfig(deskApiVariables, env()))).toEqual(
      golden['desk-api'],
    );
  });
});
