import { createServer, type Server } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { rows } from '#libs/database';
import { createApp, EgressGuard, loadConfig } from '#libs/platform';
import { AccountTrials } from '../../../apps/desk-api/src/accounts/account-trials.service.js';
import { emailGatewayVariables } from '../../../apps/email-gateway/src/email-gateway.config.js';
import { EmailGatewayModule } from '../../../apps/email-gateway/src/email-gateway.module.js';
import { messengerGatewayVariables } from '../../../apps/messenger-gateway/src/messenger-gateway.config.js';
import { MessengerGatewayModule } from '../../../apps/messenger-gateway/src/messenger-gateway.module.js';
import { BotApiEmulator } from '../../support/bot-api-emulator.js';
import { eventually } from '../../support/eventually.js';
import { anImapServer, type ImapServer } from '../../support/imap-server.js';
import { SmtpSink } from '../../support/smtp-sink.js';
import { aDesk, type Answer, type TestDesk } from './support/desk.js';

jest.setTimeout(90_000);
const mailbox = 'help@desk.test';
const secretKey = 'cd'.repeat(32);
let desk: TestDesk;
let admin: string;
let dataDir: string;
let mail: NestFastifyApplication;
let messenger: NestFastifyApplication;
let imap: ImapServer;
let smtp: SmtpSink;
let telegram: BotApiEmulator;
beforeAll(async () => {
  desk = await aDesk({ SECRET_KEY: secretKey });
  admin = await desk.signIn('administrator');
  dataDir = await mkdtemp(join(tmpdir(), 'trials-'));
  [imap, smtp, telegram] = await Promise.all([anImapServer([mailbox]), SmtpSink.start(), BotApiEmulator.start()]);
  const env = {
    DATABASE_URL: desk.databaseUrl,
    SECRET_KEY: secretKey,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    EGRESS_ALLOW: '127.0.0.1',
  };
  const mailConfig = loadConfig(emailGatewayVariables, env);
  mail = await createApp(EmailGatewayModule.forRoot(mailConfig), mailConfig);
  await mail.init();
  const messengerConfig = loadConfig(messengerGatewayVariables, env);
  messenger = await createApp(MessengerGatewayModule.forRoot(messengerConfig), messengerConfig);
  await messenger.init();
  await eventually(
    async () => (await rows(desk.db, `select from channel where kind in ('email', 'telegram')`)).length === 2,
  );
});
afterAll(async () => {
  await Promise.all([mail.close(), messenger.close()]);
  await Promise.all([imap.close(), smtp.close(), telegram.close()]);
  await desk.close();
  await rm(dataDir, { recursive: true });
});
// The limit of tries has a test of its own.
beforeEach(() => {
  const { callers } = desk.app.get(AccountTrials, { strict: false }) as unknown as {
    callers: { clear(name: string): void };
  };
  for (let id = 1; id <= 6; id++) for (const type of ['person', 'program']) callers.clear(`${type}:${id}`);
});

const attempt = (body: object, more: object = { cookie: admin }): Promise<Answer> =>
  desk.call('POST', '/api/v1/accounts/test', { ...more, body });
const receive = (more: object = {}) => ({
  type: 'imap',
  host: '127.0.0.1',
  port: imap.port,
  tls: 'none',
  user: mailbox,
  password: imap.password,
  ...more,
});
const email = (settings: object) => ({ channel: 'email', address: mailbox, settings });
const found = ({ body }: Answer) =>
  body.steps.map(({ step, ok, code }: { step: string; ok: boolean; code: string | null }) =>
    ok ? step : `${step}: ${code}`,
  );

describe('settings of a mailbox', () => {
  it('are tried step by step against the real servers, and said in words', async () => {
    const send = { type: 'smtp', host: '127.0.0.1', port: smtp.port, tls: 'none' };
    const answer = await attempt(email({ receive: receive(), send }));
    expect(answer.status).toBe(200);
    expect(found(answer)).toEqual([
      'receive.place',
      'send.place',
      'address',
      'receive.connect',
      'receive.login',
      'receive.mailbox',
      'send.connect',
      'send.login',
    ]);
    expect(answer.body.ok).toBe(true);
    expect(answer.body.steps[3]).toMatchObject({ text: 'Соединение с сервером приёма', reason: null });
    expect(smtp.mails).toEqual([]);
    expect(await rows(desk.db, 'select from account_trial')).toEqual([]);
    expect(await rows(desk.db, `select from account where channel = 'email'`)).toEqual([]);
  });

  it.each([
    ['a wrong password', { password: 'canary-not-it' }, 'receive.login: wrong-password', 'Неверное имя'],
    ['a folder that there is not', { mailboxes: ['Nowhere'] }, 'receive.mailbox: mailbox-missing', 'Такой папки'],
    ['a port where nobody listens', { port: 1 }, 'receive.connect: unreachable', 'Сервер не отвечает'],
    ['an address inside', { host: '127.0.0.2' }, 'receive.place: place-inside', 'EGRESS_ALLOW'],
    ['a metadata service', { host: '169.254.169.254', port: 143 }, 'receive.place: place-inside', 'EGRESS_ALLOW'],
  ])('with %s say which step failed and why', async (_, more, step, reason) => {
    const answer = await attempt(email({ receive: receive(more) }));
    expect([answer.status, answer.body.ok]).toEqual([200, false]);
    expect(found(answer)).toContain(step);
    expect(answer.body.steps.find(({ ok }: { ok: boolean }) => !ok).reason).toContain(reason);
    expect(answer.text).not.toMatch(/canary/);
    const english = await attempt(email({ receive: receive(more) }), {
      cookie: admin,
      headers: { 'accept-language': 'en' },
    });
    expect(english.body.steps.find(({ ok }: { ok: boolean }) => !ok).reason).not.toMatch(/[а-я]/i);
  });

  it('are tried on no port of another service outside, and not on an address that changed since it was looked at', async () => {
    const guard = mail.get(EgressGuard, { strict: false });
    const { resolve } = guard;
    try {
      guard.resolve = () => Promise.resolve([{ address: '1.1.1.1', family: 4 }]);
      expect(found(await attempt(email({ receive: receive({ host: 'imap.example', port: 22 }) })))).toEqual([
        'receive.place: port-unusual',
      ]);
      // Nothing but the address that was looked at makes this name mean anything.
      guard.resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
      const pinned = await attempt(email({ receive: receive({ host: 'imap.invalid' }) }));
      expect(found(pinned)).toEqual([
        'receive.place',
        'address',
        'receive.connect',
        'receive.login',
        'receive.mailbox',
      ]);
      guard.resolve = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
      expect(found(await attempt(email({ receive: receive({ host: 'imap.invalid' }) })))).toEqual([
        'receive.place: unknown-host',
      ]);
    } finally {
      guard.resolve = resolve;
    }
  });

  it('repeat nothing that a strange server says', async () => {
    const stranger: Server = createServer((socket) => socket.end('* BYE canary banner of a service inside\r\n'));
    await new Promise<void>((ready) => stranger.listen(0, '127.0.0.1', ready));
    const { port } = stranger.address() as { port: number };
    const answer = await attempt(email({ receive: receive({ port }) }));
    expect(answer.body.ok).toBe(false);
    expect(answer.text).not.toMatch(/canary/);
    stranger.close();
  });

  it('take the secrets of an account that is there, and show none', async () => {
    const { body: account } = await desk.call('POST', '/api/v1/accounts', {
      cookie: admin,
      body: { ...email({ receive: receive() }), name: 'kept', enabled: false },
    });
    const { password: _, ...masked } = receive();
    const by = (more: object) => attempt({ ...email({ receive: { ...masked, ...more } }), accountId: account.id });
    expect((await by({})).body.ok).toBe(true);
    expect((await by({ password: '********' })).body.ok).toBe(true);
    const wrong = await by({ password: 'not it' });
    expect(wrong.body.ok).toBe(false);
    expect(wrong.text).not.toContain(imap.password === 'secret' ? '"secret"' : imap.password);
    expect((await attempt({ channel: 'telegram', settings: {}, accountId: account.id })).status).toBe(404);
    expect((await attempt({ ...email({}), accountId: '999999' })).status).toBe(404);
  });

  it('leave nothing behind that could be read', async () => {
    const running = attempt(email({ receive: receive({ password: 'canary-word' }) }));
    await eventually(async () => {
      const left = await rows<{ row: string }>(desk.db, 'select account_trial::text as row from account_trial');
      for (const { row } of left) expect(row).not.toContain('canary-word');
      return left.length > 0 || undefined;
    });
    await running;
    expect(await rows(desk.db, 'select from account_trial')).toEqual([]);
    const log = await rows<{ row: string }>(
      desk.db,
      `select details::text as row from audit_entry where act = 'account.tested'`,
    );
    expect(log.length).toBeGreaterThan(0);
    expect(JSON.stringify(log)).not.toMatch(/canary|127\.0/);
  });
});

describe('settings of a bot', () => {
  const bot = (more: object = {}) => ({
    channel: 'telegram',
    settings: { token: telegram.token, apiRoot: telegram.url, ...more },
  });

  it('are tried at the server of the Bot API', async () => {
    const answer = await attempt(bot());
    expect(found(answer)).toEqual(['api.place', 'sign-in']);
    expect(answer.body.steps[1]).toMatchObject({ text: 'Вход бота', detail: '@desk_bot' });
    expect(new Set(telegram.calls)).toEqual(new Set(['getMe']));
  });

  it('with a wrong token, or a server inside, say so without it', async () => {
    const token = '123456:BBcanary_of_a_token_that_is_wrong_00';
    const wrong = await attempt(bot({ token }));
    expect(found(wrong)).toEqual(['api.place', 'sign-in: wrong-token']);
    expect(wrong.text).not.toContain('canary');
    expect(found(await attempt(bot({ apiRoot: 'http://10.0.0.1:8081' })))).toEqual(['api.place: place-inside']);
    expect(found(await attempt(bot({ proxy: 'socks5://10.0.0.1:1080' })))).toEqual(['api.place: place-inside']);
  });
});

describe('a trial', () => {
  it('is refused like the saving of the same settings would be', async () => {
    const wrong = await attempt(email({ receive: { type: 'imap', host: '' } }));
    expect([wrong.status, wrong.body.code]).toEqual([400, 'invalid_input']);
    expect((await attempt({ channel: 'pigeon', settings: {} })).body.faults[0].path).toBe('channel');
    expect((await attempt({ ...email({}), enabled: true })).status).toBe(400);
    const supervisor = await desk.signIn('supervisor');
    expect((await attempt(email({}), { cookie: supervisor })).status).toBe(403);
  });

  it('of a channel that needs no gateway is answered, too', async () => {
    expect((await attempt({ channel: 'form', settings: {} })).body).toMatchObject({ ok: true });
  });

  it('says that nobody serves the channel any more', async () => {
    await rows(
      desk.db,
      `insert into channel (kind, capabilities, settings_schema) values ('gone', '{}', '{"type": "object"}')`,
    );
    const answer = await attempt({ channel: 'gone', settings: {} });
    expect(found(answer)).toEqual(['gateway: no-gateway']);
  });

  it('can be had only so often', async () => {
    const key = await desk.keyWith('accounts:manage');
    const answers = [];
    for (let times = 0; times < 6; times++) answers.push(await attempt({ channel: 'form', settings: {} }, { key }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers[5]?.body.code).toBe('too_many_requests');
  });
});
