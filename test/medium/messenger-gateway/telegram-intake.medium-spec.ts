import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Refused, Retry } from '#libs/contracts';
import { BotApiEmulator } from '../../support/bot-api-emulator.js';
import { anAccount, anAdapter, InboxInMemory } from './a-bot.js';

let server: BotApiEmulator;
let inbox: InboxInMemory;
let stop: AbortController;

beforeEach(async () => {
  server = await BotApiEmulator.start();
  inbox = new InboxInMemory();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await server.close();
});

const receive = (settings = {}, publicUrl?: string): Promise<void> =>
  anAdapter(publicUrl).receive(anAccount(server, settings), inbox, stop.signal);

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('Telegram by polling', () => {
  it('stores what came while it was away and what comes then, in order, each once', async () => {
    server.userSends({ chat: 42, text: 'первое' });
    server.userSends({ chat: 43, text: 'второе' });
    const receiving = receive();
    await inbox.until(() => inbox.items.length === 2);
    server.userSends({ chat: 42, text: 'третье' });
    await inbox.until(() => inbox.items.length === 3);
    stop.abort();
    await receiving;
    expect(inbox.texts()).toEqual(['первое', 'второе', 'третье']);
    expect(inbox.items.map(({ orderKey }) => orderKey)).toEqual(['42', '43', '42']);
    expect(inbox.cursors.at(-1)).toEqual({ name: 'updates', epoch: '', position: inbox.items.at(-1)?.externalKey });
  });

  it('acknowledges nothing that it could not store', async () => {
    server.userSends({ chat: 42, text: 'первое' });
    inbox.failing = new Error('the database is away');
    expect(await failureOf(receive())).toBe(inbox.failing);
    expect(server.updates.waiting).toBe(1);
    inbox.failing = undefined;
    const receiving = receive();
    await inbox.until(() => inbox.items.length === 1);
    await server.until(() => server.updates.waiting === 0);
    stop.abort();
    await receiving;
    expect(inbox.texts()).toEqual(['первое']);
  });

  it('takes updates that count from a smaller number after a quiet week', async () => {
    server.userSends({ chat: 42, text: 'до отпуска' });
    const receiving = receive();
    await inbox.until(() => inbox.items.length === 1);
    await server.until(() => server.updates.waiting === 0);
    stop.abort();
    await receiving;
    server.updates.countFrom(500);
    server.userSends({ chat: 42, text: 'после отпуска' });
    stop = new AbortController();
    const again = receive();
    await inbox.until(() => inbox.items.length === 2);
    stop.abort();
    await again;
    expect(inbox.texts()).toEqual(['до отпуска', 'после отпуска']);
  });

  it('takes over from a webhook that was set before', async () => {
    server.updates.setHook({ url: 'http://127.0.0.1:9/', secret: undefined });
    server.userSends({ chat: 42, text: 'есть кто?' });
    const receiving = receive();
    await inbox.until(() => inbox.items.length === 1);
    stop.abort();
    await receiving;
  });

  it.each([
    ['a wrong token', () => ({ token: `123456:${'x'.repeat(35)}` }), 'wrong-token'],
    ['a second poller', () => (server.fail({ status: 409 }, { method: /getUpdates/ }), {}), 'second-poller'],
    ['a server that is not there', () => ({ apiRoot: 'http://127.0.0.1:9' }), 'unreachable'],
    ['a server in trouble', () => (server.fail({ status: 502 }, { method: /getUpdates/ }), {}), 'unreachable'],
    ['an answer cut off', () => (server.fail('drop-before', { method: /getUpdates/ }), {}), 'unreachable'],
  ])('says what is wrong: %s', async (_, settings, code) => {
    const error = await failureOf(receive(settings()));
    expect(error).toBeInstanceOf(Retry);
    expect(error).toMatchObject({ message: code, scope: 'account' });
    expect(inbox.reports.at(-1)).toBe(code);
  });

  it('tells the one that polled first when somebody else starts to poll', async () => {
    const receiving = failureOf(receive());
    await server.until(() => server.calls.includes('getUpdates'));
    void fetch(`${server.url}/bot${server.token}/getUpdates?timeout=5`).catch(() => {});
    expect(await receiving).toMatchObject({ message: 'second-poller' });
  });

  it('waits as long as the server asks', async () => {
    server.fail({ status: 429, retryAfter: 30 }, { method: /getUpdates/ });
    expect(await failureOf(receive())).toMatchObject({ message: 'too-many-requests', afterMs: 30_000 });
  });

  it('offers its commands in both languages', async () => {
    const receiving = receive();
    await server.until(() => server.calls.includes('getUpdates'));
    stop.abort();
    await receiving;
    expect([...server.commands.keys()]).toEqual(['', 'en']);
  });
});

describe('Telegram by webhook', () => {
  let desk: Server;
  const calls: { path: string | undefined; secret: unknown; body: string }[] = [];
  beforeEach(async () => {
    calls.length = 0;
    desk = createServer((request, response) => {
      const { url: path, headers } = request;
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        calls.push({ path, secret: headers['x-telegram-bot-api-secret-token'], body });
        response.writeHead(calls.length === 1 ? 503 : 200).end();
        desk.emit('called');
      });
    });
    desk.listen(0, '127.0.0.1');
    await once(desk, 'listening');
  });
  afterEach(async () => {
    desk.close();
    desk.closeAllConnections();
  });

  it('asks for calls with the secret, which come again until they are taken', async () => {
    const address = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
    const settings = { mode: 'webhook', webhookSecret: 'a-secret-of-32-characters-000000' };
    const receiving = receive(settings, `${address}/`);
    await inbox.until(() => inbox.reports.length > 0);
    server.userSends({ chat: 42, text: 'привет' });
    while (calls.length < 2) await once(desk, 'called');
    stop.abort();
    await receiving;
    expect(calls.map(({ path, secret }) => [path, secret])).toEqual([
      ['/hooks/telegram/main', 'a-secret-of-32-characters-000000'],
      ['/hooks/telegram/main', 'a-secret-of-32-characters-000000'],
    ]);
    expect(calls[0]?.body).toBe(calls[1]?.body);
    expect(inbox.items).toEqual([]);
  });
});

describe('Telegram’s files', () => {
  const fetchFile = (remote: string): Promise<Uint8Array> =>
    anAdapter().fetchFile(anAccount(server), remote, AbortSignal.timeout(10_000));
  const bytes = Buffer.from('содержимое');

  it('fetches the bytes of what a person sent', async () => {
    const { file_id } = server.chats.addFile({ bytes }, 'documents');
    expect(Buffer.from(await fetchFile(file_id))).toEqual(bytes);
  });

  it.each(['../../x', '/etc/passwd', 'file:///etc/passwd', 'a/../b', 'a%2e%2e/b', 'a?b', 'a\\b'])(
    'does not go to %s when the server names it',
    async (path) => {
      const { file_id } = server.chats.addFile({ bytes, path }, 'documents');
      expect(await failureOf(fetchFile(file_id))).toMatchObject({ name: 'Refused', code: 'unavailable' });
      expect(server.calls).not.toContain('file');
    },
  );

  it('stops at the limit when the server lied about the size', async () => {
    const { file_id } = server.chats.addFile({ bytes: Buffer.alloc(21 * 1024 * 1024), claimedSize: 5 }, 'documents');
    expect(await failureOf(fetchFile(file_id))).toMatchObject({ code: 'too-large' });
  });

  it('knows what the server will not hand out', async () => {
    const { file_id } = server.chats.addFile({ bytes, claimedSize: 21 * 1024 * 1024 }, 'documents');
    expect(await failureOf(fetchFile(file_id))).toMatchObject({ code: 'too-large' });
    expect(await failureOf(fetchFile('nothing'))).toBeInstanceOf(Refused);
  });

  it('wants to try again when the server is in trouble', async () => {
    const { file_id } = server.chats.addFile({ bytes }, 'documents');
    server.fail({ status: 502 }, { method: /getFile/ });
    expect(await failureOf(fetchFile(file_id))).toBeInstanceOf(Retry);
  });
});
