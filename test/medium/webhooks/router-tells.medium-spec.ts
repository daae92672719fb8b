import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { rows } from '#libs/database';
import { createApp, loadConfig, Secrets } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { routerConfig } from '../../../apps/router/src/router.config.js';
import { RouterModule } from '../../../apps/router/src/router.module.js';
import { aDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { AReceiver } from './a-receiver.js';

jest.setTimeout(60_000);
const secretKey = 'ab'.repeat(32);
let database: TestDatabase;
let dataDir: string;
let receiver: AReceiver;
let router: NestFastifyApplication;
beforeAll(async () => {
  database = await aDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'webhooks-'));
  receiver = await AReceiver.open();
  const secret = new Secrets(secretKey).seal('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  await rows(
    database.db,
    `insert into webhook_endpoint (url, events, owner_type, owner_id, secret) values ($1, '{*}', 'person', 1, $2)`,
    [receiver.url, secret],
  );
  const config = loadConfig(routerConfig, {
    DATABASE_URL: database.url,
    SECRET_KEY: secretKey,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    EGRESS_ALLOW: '127.0.0.1',
  });
  router = await createApp(RouterModule.forRoot(config), config);
  await router.init();
});
afterAll(async () => {
  await router.close();
  await receiver.close();
  await database.close();
  await rm(dataDir, { recursive: true });
});

const told = (): unknown[] => receiver.bodies.map(({ data }) => data['ticketId']);

describe('a router', () => {
  it('tells what happens by itself, and again what was not taken', async () => {
    const events = new EventsRepository();
    receiver.says(500);
    await events.add(database.db, [{ type: 'ticket.created', ticketId: '1' }]);
    await eventually(() => told().length === 1);
    await eventually(async () => {
      const sql = `update webhook_delivery set next_at = now() where lease_until is null and attempts = 1 returning 1`;
      return (await rows(database.db, sql)).length === 1;
    });
    receiver.says(204);
    await events.add(database.db, [{ type: 'ticket.created', ticketId: '2' }]);
    await eventually(() => told().includes('2') && told().length === 3);
    await eventually(async () => {
      return (await rows(database.db, `select from webhook_delivery where state <> 'delivered'`)).length === 0;
    });
    expect(told()[0]).toBe('1');
  });
});
