import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountsRepository, AccountsService, OutboxRepository, type AccountRow } from '#libs/channels';
import { outboundJob } from '#libs/contracts';
import { rows } from '#libs/database';
import { createApp, loadConfig } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import { messengerGatewayVariables } from '../../../apps/messenger-gateway/src/messenger-gateway.config.js';
import { MessengerGatewayModule } from '../../../apps/messenger-gateway/src/messenger-gateway.module.js';
import { BotApiEmulator } from '../../support/bot-api-emulator.js';
import { aDatabase, type TestDatabase } from '../../support/database.js';
import { aMessage } from './a-bot.js';

// A whole gateway starts and serves here.
jest.setTimeout(60_000);

let desk: TestDatabase;
let folder: string;
let app: NestFastifyApplication;
let bots = 0;
beforeAll(async () => {
  desk = await aDatabase();
  folder = await mkdtemp(join(tmpdir(), 'messenger-gateway-'));
  const config = loadConfig(messengerGatewayVariables, {
    DATABASE_URL: desk.url,
    DATA_DIR: folder,
    SECRET_KEY: '0f'.repeat(32),
    LOG_LEVEL: 'silent',
  });
  app = await createApp(MessengerGatewayModule.forRoot(config), config);
});
afterAll(async () => {
  await app?.close();
  await desk?.close();
  await rm(folder, { recursive: true, force: true });
});

let server: BotApiEmulator;
beforeEach(async () => {
  server = await BotApiEmulator.start();
});
afterEach(() => server.close());

const aBot = (settings = {}): Promise<AccountRow> =>
  app.get(AccountsService, { strict: false }).declare(desk.db, {
    channel: 'telegram',
    name: `bot-${++bots}`,
    settings: { token: server.token, apiRoot: server.url, ...settings },
    enabled: true,
  });

/** Asks the database until it answers as wanted: what is waited for happens in other transactions. */
async function eventually<T>(ask: () => Promise<T>, holds: (answer: T) => boolean): Promise<T> {
  const until = performance.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (holds(answer)) return answer;
    if (performance.now() > until) throw new Error(`still ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const inboxOf = (account: AccountRow) =>
  rows<{ state: string; fate: string | null; message: { text: string; attachments: object[] } }>(
    desk.db,
    'select state, fate, message from inbox where account_id = $1 order by id',
    [account.id],
  );

describe('the messenger gateway', () => {
  it('makes messages of updates, with their files, and leaves a group alone', async () => {
    const account = await aBot();
    server.userSends({ chat: 42, text: 'Не открывается урок' });
    server.userSends({ chat: 42, caption: 'вот', photo: { bytes: Buffer.from([0xff, 0xd8, 0xff, 1]) } });
    server.userSends({ chat: 42, text: 'всем привет', more: { chat: { id: -5, type: 'group' } } });
    const found = await eventually(
      () => inboxOf(account),
      (list) => list.length === 3 && list.every(({ state }) => state !== 'raw'),
    );
    expect(found.map(({ state, fate }) => [state, fate])).toEqual([
      ['ready', null],
      ['ready', null],
      ['done', 'ignored'],
    ]);
    expect(found[0]?.message.text).toBe('Не открывается урок');
    expect(found[1]?.message.attachments).toMatchObject([
      { name: 'photo-2.jpg', bytes: 4, content: expect.any(String) },
    ]);
  });

  it('sends what stands in the outbox, a long text in its parts and in order', async () => {
    server.chats.userOpens(42);
    const account = await aBot();
    const text = Array.from({ length: 900 }, (_, index) => `строка ${String(index).padStart(3, '0')}`).join('\n');
    const ids = await app.get(OutboxRepository, { strict: false }).add(desk.db, [
      {
        ticketId: null,
        messageId: null,
        orderKey: 'd42',
        channel: 'telegram',
        accountId: account.id,
        message: aMessage({ text }),
        externalId: 'tag.aaaaaaaaaaaa',
        idem: 'long',
        automatic: false,
      },
    ]);
    await app.get(JobQueue).add(outboundJob('telegram'), ids);
    const parts = await server.received(42, 3, 30_000);
    expect(parts.map((part) => part.text).join('\n')).toBe(text);
    const sent = await eventually(
      () =>
        rows<{ provider: string; state: string }>(
          desk.db,
          'select provider_id as provider, state from outbox where account_id = $1 order by part',
          [account.id],
        ),
      (list) => list.length > 0 && list.every(({ state }) => state === 'sent'),
    );
    expect(sent.map(({ provider }) => provider)).toEqual(parts.map(({ messageId }) => `42:${messageId}`));
  });

  it('shows a wrong token on its account, and serves the others', async () => {
    const wrong = await aBot({ token: `123456:${'x'.repeat(35)}` });
    const good = await aBot();
    const states = await eventually(
      async () => {
        const list = await app.get(AccountsRepository, { strict: false }).list(desk.db, { channels: ['telegram'] });
        return [wrong, good].map(({ id }) => list.find((row) => row.id === id));
      },
      ([first, second]) => first?.state === 'failing' && second?.state === 'running',
    );
    expect(states[0]).toMatchObject({ stateCode: 'wrong-token' });
    expect(JSON.stringify(states)).not.toContain(server.token);
  });
});
