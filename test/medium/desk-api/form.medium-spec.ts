import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AccountsService, ChannelsRepository } from '#libs/channels';
import { rows } from '#libs/database';
import { aDesk, bootstrapKey, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
const secret = 'the secret of the platform';
const path = '/api/v1/forms/lms/requests';
let desk: TestDesk;

beforeAll(async () => {
  desk = await aDesk();
  await rows(
    desk.db,
    `insert into queue (key, title) values ('first-line', '{"ru":"Первая линия","en":"First line"}')`,
  );
  const accounts = desk.app.get(AccountsService, { strict: false });
  await accounts.declare(desk.db, {
    channel: 'form',
    name: 'lms',
    settings: { token: { type: 'hmac', secret }, origins: ['https://lms.example'] },
    enabled: true,
  });
  await accounts.declare(desk.db, { channel: 'form', name: 'off', settings: {}, enabled: false });
});
afterAll(() => desk.close());

const tokenOf = (sub: string, more: object = {}): string => {
  const claims = { sub, name: `User ${sub}`, exp: Math.floor(Date.now() / 1000) + 600, ...more };
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
};
const send = (body: unknown, headers: Record<string, string> = {}) => desk.call('POST', path, { body, headers });
const as = (sub: string, more: object = {}) => ({ authorization: `Bearer ${tokenOf(sub, more)}` });
const numberOfTickets = async () =>
  Number((await rows<{ n: string }>(desk.db, 'select count(*) as n from ticket'))[0]?.n);

describe('a form request with a token of the platform', () => {
  it('is a ticket at once, which its user follows to the answer', async () => {
    const taken = await send(
      { subject: 'Не открывается курс', text: 'Ошибка 403' },
      as('7', { email: 'Ivan@lms.test' }),
    );
    expect(taken.status).toBe(201);
    expect(taken.body).toEqual({
      id: expect.stringMatching(/^\d+$/),
      number: expect.stringMatching(/^\d+$/),
      state: 'waiting',
      statusUrl: `${path}/${taken.body.id}`,
    });
    const reply = await desk.call('POST', `/api/v1/tickets/${taken.body.id}/replies`, {
      key: bootstrapKey,
      body: { text: 'Откройте ещё раз' },
    });
    expect(reply.status).toBe(202);
    await desk.call('POST', `/api/v1/tickets/${taken.body.id}/notes`, { key: bootstrapKey, body: { text: 'CANARY' } });
    const followed = await desk.call('GET', taken.body.statusUrl, { headers: as('7') });
    const said = followed.body.messages.map(({ from, text }: { from: string; text: string }) => [from, text]);
    expect(said).toContainEqual(['requester', 'Ошибка 403']);
    expect(said).toContainEqual(['desk', 'Откройте ещё раз']);
    expect(followed.text).not.toContain('CANARY');
    const authors = followed.body.messages.map(({ author }: { author: string | null }) => author);
    expect(authors).toEqual(['User 7', 'Switchboard', 'Switchboard']);
    const list = await desk.call('GET', path, { headers: as('7') });
    expect(list.body.items.map(({ number }: { number: string }) => number)).toEqual([taken.body.number]);
    const addresses = await rows(
      desk.db,
      `select kind, value, proof from requester_address where value in ('7', 'ivan@lms.test') order by kind`,
    );
    expect(addresses).toEqual([
      { kind: 'email', value: 'ivan@lms.test', proof: 'signed' },
      { kind: 'platform', value: '7', proof: 'signed' },
    ]);
  });

  it('is read by nobody else, as if it did not exist', async () => {
    const { body } = await send({ text: 'Моё' }, as('8'));
    const foreign = await desk.call('GET', `${path}/${body.id}`, { headers: as('9') });
    const missing = await desk.call('GET', `${path}/999999`, { headers: as('9') });
    expect([foreign.status, foreign.text]).toEqual([404, missing.text]);
    expect((await desk.call('GET', path, { headers: as('9') })).body.items).toEqual([]);
    expect((await desk.call('GET', path)).status).toBe(401);
    expect((await desk.call('GET', path, { key: bootstrapKey })).body.code).toBe('bad_token');
  });

  it('takes more to its own request, and to no other', async () => {
    const { body } = await send({ text: 'Первое' }, as('10'));
    const more = await send({ text: 'Второе', requestId: body.id }, as('10'));
    expect([more.status, more.body.id]).toEqual([201, body.id]);
    expect((await send({ text: 'Чужое', requestId: body.id }, as('11'))).status).toBe(404);
    expect((await send({ text: 'Без подписи', email: 'x@y.test', requestId: body.id })).status).toBe(401);
  });

  it.each<[string, () => string]>([
    ['forged', () => `${tokenOf('1')}x`],
    ['expired', () => tokenOf('1', { exp: 1 })],
    ['empty', () => ''],
  ])('is refused with a %s one, never taken as anonymous', async (_, token) => {
    const before = await numberOfTickets();
    const answers = [
      await send({ text: 'x', email: 'a@b.test' }, { authorization: `Bearer ${token()}` }),
      await send({ text: 'x', email: 'a@b.test', token: token() }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(['bad_token', 'bad_token']);
    expect(await numberOfTickets()).toBe(before);
  });
});

describe('a form on a page of another origin', () => {
  const origin = 'https://lms.example';

  it('answers the page that it names, errors too, and tells others nothing', async () => {
    const asked = await desk.call('OPTIONS', path, { headers: { origin } });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    const refused = await desk.call('POST', path, { headers: { origin }, body: {} });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, origin]);
    const foreign = await desk.call('POST', path, { headers: { origin: 'https://evil.example' }, body: {} });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
    const elsewhere = await desk.call('GET', '/api/v1/tickets', { key: bootstrapKey, headers: { origin } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('a form request without a token', () => {
  it('is a ticket whose sender is not believed', async () => {
    const taken = await send({ name: 'Пётр', email: 'petr@x.test', text: 'Помогите', locale: 'ru' });
    expect([taken.status, taken.body.statusUrl]).toEqual([201, null]);
    expect(
      await rows(desk.db, `select flags from message where ticket_id = $1 and type = 'inbound'`, [taken.body.id]),
    ).toEqual([{ flags: ['sender-not-verified'] }]);
  });

  it('is taken from a program that shows its API key, which names no user of the platform', async () => {
    const asked = { key: bootstrapKey, body: { email: 'program@x.test', text: 'Помогите' } };
    const taken = await desk.call('POST', path, asked);
    expect([taken.status, taken.body.statusUrl]).toEqual([201, null]);
  });

  it('has no way to an answer where only a phone was named, and says so', async () => {
    const { body: taken } = await send({ phone: '+7 912 345-67-89', text: 'Помогите' });
    const at = `/api/v1/tickets/${taken.id}`;
    expect((await desk.call('GET', at, { key: bootstrapKey })).body.replyChannels).toEqual([]);
    for (const picked of [{}, { channel: 'form' }]) {
      const reply = { key: bootstrapKey, body: { text: 'Помогаем', ...picked } };
      const refused = await desk.call('POST', `${at}/replies`, reply);
      expect([refused.status, refused.body.code]).toEqual([422, 'no_address_on_channel']);
    }
    expect((await desk.call('GET', at, { key: bootstrapKey })).body.state).toBe('waiting');
  });

  it('is answered by mail, since no page shows the answer', async () => {
    const can = { subject: true, html: true, maxText: 1e6, maxFileBytes: 1e6, maxFiles: 9, edits: false };
    await desk.app.get(ChannelsRepository, { strict: false }).announce(desk.db, {
      kind: 'email',
      capabilities: { ...can, reply: true, initiate: true },
      settingsSchema: { type: 'object' },
      hook: null,
    });
    await rows(desk.db, `insert into account (channel, name, address) values ('email', 'box', 'help@desk.test')`);
    const taken = await send({ email: 'olga@x.test', text: 'Помогите' });
    const at = `/api/v1/tickets/${taken.body.id}`;
    expect((await desk.call('GET', at, { key: bootstrapKey })).body.replyChannels).toEqual(['email']);
    const onPage = { key: bootstrapKey, body: { text: 'Помогаем', channel: 'form' } };
    expect((await desk.call('POST', `${at}/replies`, onPage)).body.code).toBe('no_address_on_channel');
    const reply = { key: bootstrapKey, body: { text: 'Помогаем' } };
    expect((await desk.call('POST', `${at}/replies`, reply)).status).toBe(202);
    const sql = `select channel, destination from outbox where ticket_id = $1 and not automatic`;
    expect(await rows(desk.db, sql, [taken.body.id])).toEqual([{ channel: 'email', destination: 'olga@x.test' }]);
  });

  it.each<[unknown, string]>([
    [{ text: 'x' }, 'email'],
    [{ text: 'x', email: 'nonsense' }, 'email'],
    [{ email: 'a@b.test' }, 'text'],
    [{ text: 'x', email: 'a@b.test', website: 'http://spam.test' }, 'website'],
    [{ text: { $ne: 1 }, email: 'a@b.test' }, 'text'],
    [{ text: 'x', phone: 'abc' }, 'phone'],
    [{ text: 'x', phone: '101' }, 'phone'],
    [{ text: 'x', email: 'a@b.test', phone: '+7 912 345' }, 'phone'],
    [{ text: 'x', email: 'a@b.test', kind: 'nokind' }, 'kind'],
  ])('says what is wrong in %j', async (body, field) => {
    const answer = await send(body);
    expect([answer.status, answer.body.faults.map(({ path: at }: { path: string }) => at)]).toEqual([400, [field]]);
  });

  it.each(['application/json', 'multipart/form-data'])('says it in the language of the reader (%s)', async (type) => {
    const fields = { email: 'nonsense', admin: 'yes' };
    const multipart = new FormData();
    for (const [name, value] of Object.entries(fields)) multipart.append(name, value);
    const body = type === 'application/json' ? fields : multipart;
    const { faults } = (await send(body, { 'accept-language': 'ru' })).body;
    expect(faults).toEqual([
      { path: 'email', message: expect.stringMatching(/^[а-я]/) },
      { path: 'text', message: 'не указано' },
      { path: '', message: 'неизвестные поля: admin' },
    ]);
  });

  it('takes the kind that was chosen', async () => {
    await rows(desk.db, `insert into kind (key, title) values ('access', '{"ru":"Доступ","en":"Access"}')`);
    const { body: taken } = await send({ text: 'x', email: 'k@x.test', kind: 'access' });
    const [ticket] = await rows(desk.db, 'select kind from ticket where id = $1', [taken.id]);
    expect(ticket).toEqual({ kind: 'access' });
  });

  it('keeps line breaks out of what becomes a header', async () => {
    const { body } = await send({ email: 'h@x.test', subject: 'Тема\r\nBcc: all@x.test', name: 'A\nB', text: 'x' });
    const [ticket] = await rows<{ subject: string }>(desk.db, 'select subject from ticket where id = $1', [body.id]);
    expect(ticket?.subject).toBe('Тема Bcc: all@x.test');
  });

  it.each(['/api/v1/forms/%00/requests', '/hooks/%00/%00'])('says that %s is no name', async (at) => {
    const { status } = await desk.call('POST', at, { body: { text: 'x', email: 'a@b.test' } });
    expect(status).toBe(400);
  });

  it('goes to no form that is off or unknown', async () => {
    for (const form of ['off', 'none', '..%2f']) {
      const { status } = await desk.call('POST', `/api/v1/forms/${form}/requests`, {
        body: { text: 'x', email: 'a@b.test' },
      });
      expect(status).toBe(404);
    }
  });
});

describe('Idempotency-Key of a form', () => {
  it('gives one ticket for many sendings at once, and refuses another request', async () => {
    const key = { 'idempotency-key': 'once' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => send({ text: 'Раз', email: 'k@x.test' }, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect((await send({ text: 'Два', email: 'k@x.test' }, key)).body.code).toBe('idempotency_key_reused');
    const other = await send({ text: 'Раз', email: 'k@x.test' }, { ...key, ...as('12') });
    expect([other.status, other.body.id === answers[0]?.body.id]).toEqual([201, false]);
  });
});

describe('a form request with files', () => {
  const form = (fields: Record<string, string>, files: readonly [string, number][] = []): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    for (const [name, bytes] of files)
      data.append('attachments', new Blob([new Uint8Array(bytes)], { type: 'text/html' }), name);
    return data;
  };

  it('keeps them, and gives them back to its user as files to save', async () => {
    const taken = await send(form({ text: 'Вложил', token: tokenOf('13') }, [['../../Снимок\u202e.html', 5]]));
    expect(taken.status).toBe(201);
    const { body } = await desk.call('GET', taken.body.statusUrl, { headers: as('13') });
    const [file] = body.messages[0].attachments;
    expect(file).toMatchObject({ name: 'Снимок .html', bytes: 5, available: true });
    const saved = await desk.call('GET', `${taken.body.statusUrl}/attachments/${file.id}`, { headers: as('13') });
    expect([saved.status, saved.text.length, saved.headers.get('content-type')]).toEqual([
      200,
      5,
      'application/octet-stream',
    ]);
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment; /);
    expect(
      (await desk.call('GET', `${taken.body.statusUrl}/attachments/${file.id}`, { headers: as('14') })).status,
    ).toBe(404);
  });

  it.each<[string, readonly [string, number][]]>([
    ['eleven files', Array.from({ length: 11 }, (_, index) => [`${index}.txt`, 1])],
    ['more than 30 MiB in one', [['a.bin', 31 * 1024 * 1024]]],
    [
      'more than 30 MiB together',
      [
        ['a.bin', 16 * 1024 * 1024],
        ['b.bin', 16 * 1024 * 1024],
      ],
    ],
  ])('is refused with %s, and nothing is kept', async (_, files) => {
    const before = await numberOfTickets();
    const answer = await send(form({ text: 'x', email: 'a@b.test' }, files));
    expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large']);
    expect(await numberOfTickets()).toBe(before);
  });

  it('is refused when it is cut off, or no multipart at all', async () => {
    for (const [type, body] of [
      ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="text"\r\n\r\nhalf'],
      ['multipart/form-data', 'nothing'],
      ['text/plain', 'text'],
    ] as const) {
      const { status } = await desk.call('POST', path, { body, headers: { 'content-type': type } });
      expect([400, 415, 400]).toContain(status);
    }
  });
});
