import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AccountsService, ChannelsRepository, Intake } from '#libs/channels';
import { rows } from '#libs/database';
import { z } from 'zod';
import { aDesk, bootstrapKey, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
let accountId: string;
const secret = 'hook secret of the bot';

beforeAll(async () => {
  desk = await aDesk();
  await desk.app.get(ChannelsRepository, { strict: false }).announce(desk.db, {
    kind: 'pigeon',
    capabilities: {
      subject: false,
      html: false,
      maxText: 1,
      maxFileBytes: 1,
      maxFiles: 1,
      edits: false,
      reply: true,
      initiate: false,
    },
    settingsSchema: z.toJSONSchema(
      z.strictObject({ loft: z.string().min(1), secret: z.string().min(8).optional().meta({ secret: true }) }),
      { io: 'input' },
    ) as Record<string, unknown>,
    hook: {
      secretHeader: 'x-pigeon-secret',
      secretSetting: 'secret',
      externalKey: ['/update_id'],
      orderKey: ['/from/id'],
    },
  });
  const accounts = desk.app.get(AccountsService, { strict: false });
  const declared = { channel: 'pigeon', name: 'bot', settings: { loft: 'roof', secret }, enabled: true };
  accountId = (await accounts.declare(desk.db, declared)).id;
  await accounts.declare(desk.db, { ...declared, name: 'silent', settings: { loft: 'cellar' } });
  await accounts.declare(desk.db, { ...declared, name: 'off', enabled: false });
});
afterAll(() => desk.close());

const deliver = (body: unknown, headers: Record<string, string> = { 'x-pigeon-secret': secret }, account = 'bot') =>
  desk.call('POST', `/hooks/pigeon/${account}`, { body, headers });
const stored = () =>
  rows<{ key: string; order: string }>(
    desk.db,
    `select external_key as key, order_key as order from inbox where account_id = $1 order by id`,
    [accountId],
  );

describe('POST /hooks/:channel/:account', () => {
  it('keeps what a provider delivers, once, before it says so', async () => {
    const update = { update_id: 71, from: { id: 5 }, text: 'привет' };
    const answers = [
      await deliver(update),
      await deliver(update),
      await deliver({ no: 'id' }),
      await deliver({ no: 'id' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await stored()).toEqual([
      { key: '71', order: '5' },
      { key: expect.stringMatching(/^sha256:/), order: '' },
    ]);
  });

  it('keeps the bytes as they came', async () => {
    const bytes = '{ "update_id" : 72,\n "text":"\\u0430" }';
    await deliver(bytes, { 'x-pigeon-secret': secret, 'content-type': 'application/json' });
    const [row] = await rows<{ id: string }>(desk.db, `select id from inbox where external_key = '72'`);
    const raw = await desk.call('GET', `/api/v1/intake/${row?.id}/raw`, { key: bootstrapKey });
    expect(raw.text).toBe(bytes);
    expect(raw.headers.get('content-disposition')).toBe(
      `attachment; filename="intake-${row?.id}.bin"; filename*=UTF-8''intake-${row?.id}.bin`,
    );
    expect(raw.headers.get('content-security-policy')).toContain('sandbox');
  });

  it.each<[string, Record<string, string>, string, number]>([
    ['no secret', {}, 'bot', 403],
    ['a wrong secret', { 'x-pigeon-secret': 'wrong' }, 'bot', 403],
    ['the secret and more', { 'x-pigeon-secret': `${secret}, x` }, 'bot', 403],
    ['an empty secret to an account without one', { 'x-pigeon-secret': '' }, 'silent', 403],
    ['an account that is off', { 'x-pigeon-secret': secret }, 'off', 404],
    ['an unknown account', { 'x-pigeon-secret': secret }, 'none', 404],
  ])('refuses %s and keeps nothing', async (_, headers, account, status) => {
    const before = await stored();
    expect((await deliver({ update_id: 80 }, headers, account)).status).toBe(status);
    expect(await stored()).toEqual(before);
  });

  it('refuses a channel that takes no calls, a body that is no JSON, one that is too large, and another verb', async () => {
    expect((await desk.call('POST', '/hooks/form/lms', { body: {} })).status).toBe(404);
    const json = { 'x-pigeon-secret': secret, 'content-type': 'application/json' };
    expect((await deliver('{', json)).status).toBe(400);
    expect((await deliver(`"${'x'.repeat(1_100_000)}"`, json)).status).toBe(413);
    expect((await deliver('null', json)).status).toBe(400);
    expect((await desk.call('GET', '/hooks/pigeon/bot')).status).toBe(405);
  });
});

describe('the ledger', () => {
  it('has every item with its fate, in pages, and the count per account', async () => {
    const first = await desk.call('GET', `/api/v1/intake/ledger?account=${accountId}&limit=2`, { key: bootstrapKey });
    const second = await desk.call(
      'GET',
      `/api/v1/intake/ledger?account=${accountId}&limit=2&cursor=${first.body.next}`,
      {
        key: bootstrapKey,
      },
    );
    const keys = [...first.body.items, ...second.body.items].map(
      ({ externalKey }: { externalKey: string }) => externalKey,
    );
    expect(keys).toEqual(['72', expect.stringMatching(/^sha256:/), '71']);
    expect(second.body.next).toBeNull();
    expect(first.body.accounts.find(({ name }: { name: string }) => name === 'bot')).toMatchObject({
      received: 3,
      raw: 3,
    });
    expect(first.text).not.toMatch(/"raw":"[0-9a-f]{64}"/);
  });

  it('is filtered, and refuses what it does not know', async () => {
    const ask = (query: string) => desk.call('GET', `/api/v1/intake/ledger?${query}`, { key: bootstrapKey });
    expect((await ask('state=raw&channel=pigeon')).body.items).toHaveLength(3);
    expect((await ask('fate=ticket')).body.items).toEqual([]);
    for (const query of ['state=none', 'account=0', 'cursor=WyJ4Il0', 'limit=1000', 'account=1&account=2']) {
      expect((await ask(query)).status).toBe(400);
    }
  });

  it('gives a mail as a mail', async () => {
    const intake = desk.app.get(Intake, { strict: false });
    await rows(desk.db, `insert into account (channel, name) values ('email', 'box')`);
    const [box] = await rows<{ id: string }>(desk.db, `select id from account where name = 'box'`);
    const bytes = Buffer.from('Subject: x\r\n\r\ntext');
    await intake.put({ id: box?.id as string, channel: 'email' }, [{ externalKey: 'm1', source: {}, bytes }]);
    const [row] = await rows<{ id: string }>(desk.db, `select id from inbox where external_key = 'm1'`);
    const { headers } = await desk.call('GET', `/api/v1/intake/${row?.id}/raw`, { key: bootstrapKey });
    expect(headers.get('content-type')).toBe('message/rfc822');
  });
});

describe('accounts', () => {
  const pigeon = (body: object) =>
    desk.call('POST', '/api/v1/accounts', { key: bootstrapKey, body: { channel: 'pigeon', ...body } });

  it('show where a secret is, and never which', async () => {
    const { body, text } = await desk.call('GET', `/api/v1/accounts/${accountId}`, { key: bootstrapKey });
    expect(body).toMatchObject({ settings: { loft: 'roof' }, secretsSet: ['secret'], state: 'new', trouble: null });
    expect(text).not.toContain(secret);
  });

  it('are checked against what their channel announced', async () => {
    expect((await pigeon({ name: 'x', settings: { loft: '' } })).body.faults[0].path).toBe('settings.loft');
    expect((await pigeon({ name: 'a/b', settings: { loft: 'x' } })).body.faults[0].path).toBe('name');
    expect((await pigeon({ name: 'x', settings: { loft: 'x' }, queueId: '999' })).body.code).toBe('queue_unknown');
    expect((await pigeon({ name: 'bot', settings: { loft: 'x' } })).body.code).toBe('account_exists');
    expect((await pigeon({ channel: 'none', name: 'x' })).body.faults[0].path).toBe('channel');
  });

  it('keep a secret that is not sent again, and change by version', async () => {
    const made = await pigeon({ name: 'kept', settings: { loft: 'a', secret: 'first secret' } });
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    const change = (body: object, etag: string) =>
      desk.call('PATCH', `/api/v1/accounts/${made.body.id}`, {
        key: bootstrapKey,
        body,
        headers: { 'if-match': etag },
      });
    const changed = await change({ settings: { loft: 'b', secret: '********' }, enabled: false }, '"1"');
    expect(changed.body).toMatchObject({ settings: { loft: 'b' }, secretsSet: ['secret'], enabled: false, version: 2 });
    expect((await change({ enabled: true }, '"1"')).status).toBe(412);
    const accounts = desk.app.get(AccountsService, { strict: false });
    const row = await accounts['accounts'].get(desk.db, made.body.id);
    expect(row && accounts.settings(row)).toEqual({ loft: 'b', secret: 'first secret' });
  });

  it('say what is wrong in words of the reader', async () => {
    await rows(
      desk.db,
      `update account set state = 'failing', state_code = 'unreachable', state_detail = 'ECONNREFUSED' where id = $1`,
      [accountId],
    );
    const { body } = await desk.call('GET', '/api/v1/accounts', {
      key: bootstrapKey,
      headers: { 'accept-language': 'en' },
    });
    const bot = body.items.find(({ id }: { id: string }) => id === accountId);
    expect(bot.trouble).toEqual({ code: 'unreachable', text: 'The server does not answer', detail: 'ECONNREFUSED' });
  });
});
