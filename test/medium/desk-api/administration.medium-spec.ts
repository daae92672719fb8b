import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { aDesk, type CallOptions, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
let admin: string;
beforeAll(async () => {
  desk = await aDesk();
  admin = await desk.signIn('administrator');
});
afterAll(() => desk.close());

const title = (name: string) => ({ ru: `${name} ру`, en: `${name} en` });
const send = (method: string, path: string, body?: unknown, more: CallOptions = {}) =>
  desk.call(method, `/api/v1/${path}`, { cookie: admin, ...(body !== undefined && { body }), ...more });
const seen = (version: number) => ({ headers: { 'if-match': `"${version}"` } });
const list = async (path: string) => (await send('GET', path)).body.items;

describe('queues', () => {
  it('are added, renamed by whoever saw the newest version, and put into order', async () => {
    const first = await send('POST', 'queues', { key: 'first', title: title('first') });
    expect([first.status, first.headers.get('etag')]).toEqual([201, '"1"']);
    const second = (await send('POST', 'queues', { key: 'second', title: title('second') })).body;
    expect((await send('POST', 'queues', { key: 'second', title: title('x') })).status).toBe(409);
    const renamed = await send('PATCH', `queues/${second.id}`, { title: { ru: ' Доступ\n ', en: 'Access' } }, seen(1));
    expect(renamed.body).toMatchObject({ title: { ru: 'Доступ', en: 'Access' }, version: 2 });
    expect((await send('PATCH', `queues/${second.id}`, { title: title('late') }, seen(1))).status).toBe(412);
    expect((await send('PATCH', `queues/${second.id}`, { title: title('blind') })).status).toBe(428);
    const order = await send('PUT', 'queues/order', { ids: [second.id, first.body.id] });
    expect(order.body.items.map(({ key }: { key: string }) => key)).toEqual(['second', 'first']);
    for (const ids of [[second.id], [second.id, second.id], [second.id, first.body.id, '999']]) {
      expect((await send('PUT', 'queues/order', { ids })).body.code).toBe('conflict');
    }
  });

  it('are archived only when nothing needs them, and come back', async () => {
    const queue = (await send('POST', 'queues', { key: 'old', title: title('old') })).body;
    const archive = async (archived: boolean) => {
      const { version } = (await list('queues?archived=true')).find(({ id }: { id: string }) => id === queue.id);
      return send('PATCH', `queues/${queue.id}`, { archived }, seen(version));
    };
    const rule = (await send('POST', 'rules', { name: 'to old', when: {}, then: { queue: 'old' } })).body;
    expect((await archive(true)).body.detail).toContain('to old');
    await send('PATCH', `rules/${rule.id}`, { enabled: false }, seen(1));

    const [account] = await rows<{ id: string }>(
      desk.db,
      `insert into account (channel, name, queue_id) values ('form', 'leads', $1) returning id`,
      [queue.id],
    );
    expect((await archive(true)).body.detail).toContain('leads');
    await rows(desk.db, 'update account set queue_id = null where id = $1', [account?.id]);

    const [ticket] = await rows<{ id: string }>(
      desk.db,
      `with r as (insert into requester (name) values ('Р') returning id)
       insert into ticket (subject, queue_id, requester_id, channel) select 'S', $1, id, 'email' from r returning id`,
      [queue.id],
    );
    await rows(desk.db, 'insert into work_item (ticket_id, queue_id) values ($1, $2)', [ticket?.id, queue.id]);
    expect((await archive(true)).body.detail).toMatch(/1/);
    await rows(desk.db, `update work_item set state = 'done'`);

    expect((await archive(true)).body).toMatchObject({ archivedAt: expect.any(String) });
    const keys = async (query = '') => (await list(`queues${query}`)).map(({ key }: { key: string }) => key);
    expect(await keys()).not.toContain('old');
    expect(await keys('?archived=true')).toContain('old');
    expect((await send('GET', `tickets/${ticket?.id}`)).body.queue).toMatchObject({ key: 'old' });
    const back = await send('PATCH', `rules/${rule.id}`, { enabled: true }, seen(2));
    expect(back.body.faults).toEqual([{ path: 'then.queue', message: expect.any(String) }]);
    expect((await archive(false)).body.archivedAt).toBeNull();
    expect((await send('PATCH', `rules/${rule.id}`, { enabled: true }, seen(2))).status).toBe(200);
  });

  it('keep their last one', async () => {
    const fresh = await aDesk();
    try {
      const cookie = await fresh.signIn('administrator');
      const { body } = await fresh.call('POST', '/api/v1/queues', { cookie, body: { key: 'only', title: title('o') } });
      const { status } = await fresh.call('PATCH', `/api/v1/queues/${body.id}`, {
        cookie,
        body: { archived: true },
        ...seen(1),
      });
      expect(status).toBe(409);
    } finally {
      await fresh.close();
    }
  });

  it.each([
    { key: 'Big', title: title('x') },
    { key: 'a', title: { ru: 'only' } },
    { key: 'a', title: { ru: '', en: 'x' } },
    { key: 'a', title: title('x'), position: 4 },
    { key: 'a', title: title('x'), id: '1' },
  ])('are refused like %j', async (body) => expect((await send('POST', 'queues', body)).status).toBe(400));

  it.each(['queues/0', 'queues/999999', 'kinds/none', 'rules/999999'])(
    'that are not there answer 404: %s',
    async (path) => expect((await send('PATCH', path, { archived: true }, seen(1))).status).toBe(404),
  );
});

describe('kinds', () => {
  it('are added, renamed, ordered and archived, but not while a rule gives them', async () => {
    for (const key of ['access', 'library']) await send('POST', 'kinds', { key, title: title(key) });
    const rule = (await send('POST', 'rules', { name: 'kind', when: {}, then: { kind: 'library' } })).body;
    expect((await send('PATCH', 'kinds/library', { archived: true }, seen(1))).body.detail).toContain('kind');
    await send('PATCH', `rules/${rule.id}`, { archived: true }, seen(1));
    await send('PUT', 'kinds/order', { keys: ['library', 'access'] });
    const [first] = await list('kinds');
    expect(first).toMatchObject({ key: 'library', version: 2 });
    expect((await send('PATCH', 'kinds/library', { archived: true }, seen(2))).status).toBe(200);
    expect((await list('kinds')).map(({ key }: { key: string }) => key)).toEqual(['access']);
    expect((await send('POST', 'kinds', { key: 'library', title: title('again') })).status).toBe(409);
  });
});

describe('rules', () => {
  it('decide in their order about what comes next', async () => {
    const before = await list('rules');
    const one = (await send('POST', 'rules', { name: 'one', when: { words: ['пароль'] }, then: { priority: 1 } })).body;
    const ids = before.map(({ id }: { id: string }) => id);
    const { items } = (await send('PUT', 'rules/order', { ids: [one.id, ...ids] })).body;
    expect(items[0]).toMatchObject({ id: one.id, name: 'one', when: { words: ['пароль'] }, then: { priority: 1 } });
    expect((await send('POST', 'rules', { name: 'one', when: {}, then: {} })).status).toBe(409);
    const two = (await send('POST', 'rules', { name: 'two', when: {}, then: {} })).body;
    expect((await send('PATCH', `rules/${two.id}`, { name: 'one' }, seen(1))).status).toBe(409);
    const archived = await send('PATCH', `rules/${two.id}`, { archived: true }, seen(1));
    expect(archived.body.archivedAt).not.toBeNull();
    expect((await list('rules')).some(({ name }: { name: string }) => name === 'two')).toBe(false);
  });

  it('name every queue, kind and account that there is not', async () => {
    const { body } = await send('POST', 'rules', {
      name: 'lost',
      when: { kinds: ['access', 'gone'], accounts: ['nobody'] },
      then: { queue: 'nowhere', kind: 'gone' },
    });
    expect(body.faults.map(({ path }: { path: string }) => path)).toEqual([
      'then.queue',
      'then.kind',
      'when.kinds.1',
      'when.accounts.0',
    ]);
    expect((await send('POST', 'rules', { name: 'x', when: { word: ['a'] }, then: {} })).status).toBe(400);
  });

  it('are the business of supervisors, and of nobody who works by them', async () => {
    const [supervisor, specialist] = [await desk.signIn('supervisor'), await desk.signIn('specialist')];
    const body = { name: 'by lead', when: {}, then: {} };
    expect((await desk.call('POST', '/api/v1/rules', { cookie: specialist, body })).status).toBe(403);
    expect((await desk.call('POST', '/api/v1/rules', { cookie: supervisor, body })).status).toBe(201);
  });
});

describe('the words of the desk', () => {
  const own = 'Принято: {ticket.number}\nОтветим: {answer.within}\n{desk.name}';

  it('are the built-in ones until somebody writes others, for all channels or one', async () => {
    const all = async () => (await send('GET', 'acknowledgements')).body;
    const { items, placeholders } = await all();
    expect(placeholders).toEqual(['ticket.number', 'desk.name', 'answer.within']);
    expect(items).toMatchObject([
      { locale: 'ru', channel: 'any', builtIn: true, version: 0, text: expect.stringContaining('{ticket.number}') },
      { locale: 'en', channel: 'any', builtIn: true, version: 0, text: expect.stringContaining('{desk.name}') },
    ]);
    const put = (channel: string, text: string, version: number) =>
      send('PUT', `acknowledgements/ru/${channel}`, { text }, seen(version));
    expect((await put('any', own, 0)).body).toMatchObject({ builtIn: false, version: 1, text: own });
    expect((await put('any', `${own}!`, 0)).status).toBe(412);
    expect((await put('form', 'Форма: {ticket.number}', 0)).body.version).toBe(1);
    expect((await all()).items.map(({ channel }: { channel: string }) => channel)).toEqual(['any', 'form', 'any']);
    expect((await send('DELETE', 'acknowledgements/ru/form')).status).toBe(204);
    expect((await send('DELETE', 'acknowledgements/ru/form')).status).toBe(404);
    expect((await send('PUT', 'acknowledgements/ru/pigeon', { text: own })).body.faults[0].path).toBe('channel');
    expect((await send('PUT', 'acknowledgements/de/any', { text: own })).status).toBe(404);
  });

  it.each([
    ['{ticket.number} {ticket.subject} {requester.name}', /ticket\.subject, requester\.name/],
    ['Без номера', /ticket\.number/],
    [' ', /./],
    [`{ticket.number}${'x'.repeat(4000)}`, /4000/],
  ])('are refused: %#', async (text, message) => {
    const { status, body } = await send('PUT', 'acknowledgements/ru/any', { text });
    expect([status, body.faults[0]]).toEqual([400, { path: 'text', message: expect.stringMatching(message) }]);
  });

  it('are shown as requesters would read them', async () => {
    const preview = async (body: object) => (await send('POST', 'acknowledgements/preview', body)).body;
    expect(await preview({ locale: 'ru', text: own })).toMatchObject({
      text: 'Принято: 1001\nSwitchboard',
      fits: true,
    });
    const settings = await send('GET', 'settings');
    expect(settings.body).toMatchObject({
      name: null,
      acknowledge: true,
      installed: { name: 'Switchboard' },
      version: 1,
    });
    const change = { name: { ru: 'Отдел ИТ', en: 'IT' }, answerWithin: { ru: '4 часа', en: '4 hours' } };
    expect((await send('PATCH', 'settings', change)).status).toBe(428);
    expect((await send('PATCH', 'settings', change, seen(1))).body).toMatchObject({ ...change, version: 2 });
    expect((await send('PATCH', 'settings', { acknowledge: false }, seen(1))).status).toBe(412);
    expect((await preview({ locale: 'ru', text: own })).text).toBe('Принято: 1001\nОтветим: 4 часа\nОтдел ИТ');
    expect(await preview({ locale: 'en', channel: 'form', text: '<b>{ticket.number}</b>' })).toMatchObject({
      text: '<b>1001</b>',
      maxText: expect.any(Number),
    });
    expect((await send('PATCH', 'settings', { locale: 'en' }, seen(2))).status).toBe(400);
  });
});
