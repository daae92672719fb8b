import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusOf } from '#libs/platform';
import { AnApi, startTimeout, type Answer, type Caller, type CallOptions } from './an-api.js';

interface View {
  readonly id: string;
  readonly key: string | null;
  readonly title: { readonly ru: string; readonly en: string };
  readonly position: number;
  readonly version: number;
  readonly mayChange: boolean;
}

const invalid = statusOf('invalid_input');

describe('views over HTTP', () => {
  let api: AnApi;
  let specialist: Caller;
  let colleague: Caller;
  let supervisor: Caller;
  beforeAll(async () => {
    api = await AnApi.open();
    specialist = await api.person('specialist');
    colleague = await api.person('specialist');
    supervisor = await api.person('supervisor');
  }, startTimeout);
  afterAll(() => api.close());

  const views = async (caller: Caller): Promise<readonly View[]> =>
    (await api.call(caller, 'GET', '/views')).body.items as unknown as View[];
  const create = (caller: Caller, body: object, more: CallOptions = {}): Promise<Answer> =>
    api.call(caller, 'POST', '/views', { body: { title: 'Мои', ...body }, ...more });
  const change = (caller: Caller, id: string, body: object, version?: number): Promise<Answer> =>
    api.call(caller, 'PATCH', `/views/${id}`, {
      body,
      headers: version === undefined ? {} : { 'if-match': `"${version}"` },
    });
  const counts = async (caller: Caller): Promise<Readonly<Record<string, unknown>>> => {
    const { body } = await api.call(caller, 'GET', '/views/counts');
    const items = body.items as unknown as { id: string; count: number | null; more: boolean }[];
    return Object.fromEntries(items.map(({ id, count, more }) => [id, more ? `${count}+` : count]));
  };
  const viewOf = async (key: string): Promise<View> => {
    const found = (await views(supervisor)).find((view) => view.key === key);
    if (!found) throw new Error(`no view ${key}`);
    return found;
  };

  it('begin with those of the desk, in both languages', async () => {
    const seen = await views(specialist);
    expect(seen.map(({ key }) => key)).toEqual(['my-work', 'unassigned', 'waiting', 'open', 'closed']);
    expect(seen.map(({ title }) => title.ru)).not.toContain('');
    expect(seen[0]).toMatchObject({
      title: { ru: 'Моя работа', en: 'My work' },
      shared: true,
      mayChange: false,
      filter: { assignee: 'me' },
      order: 'latest',
      version: 1,
    });
  });

  it('are kept by their owner and seen by nobody else', async () => {
    const made = await create(specialist, { title: 'Доступ', filter: { kind: ['access'] }, order: 'newest' });
    expect(made).toMatchObject({
      status: 201,
      headers: { etag: '"1"' },
      body: { key: null, shared: false, mayChange: true, title: { ru: 'Доступ', en: 'Доступ' }, position: 1 },
    });
    const { id } = made.body;
    expect((await views(specialist)).at(-1)).toMatchObject({ id, filter: { kind: ['access'] }, order: 'newest' });
    expect((await views(colleague)).map((view) => view.id)).not.toContain(id);
    for (const caller of [colleague, supervisor]) {
      expect((await change(caller, id, { title: 'Моё' }, 1)).status).toBe(404);
      expect((await api.call(caller, 'DELETE', `/views/${id}`)).status).toBe(404);
    }
    const changed = await change(specialist, id, { title: { ru: 'Вход', en: 'Sign-in' }, columns: ['number'] }, 1);
    expect(changed).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { version: 2, columns: ['number'] } });
    expect((await change(specialist, id, { order: 'latest' }, 1)).status).toBe(412);
    expect((await change(specialist, id, { order: 'latest' })).status).toBe(428);
    expect((await api.call(specialist, 'DELETE', `/views/${id}`)).status).toBe(204);
    expect((await api.call(specialist, 'DELETE', `/views/${id}`)).status).toBe(404);
  });

  it('for everybody are set up by those who lead', async () => {
    expect((await create(specialist, { shared: true })).status).toBe(403);
    const made = await create(supervisor, {
      title: { ru: 'Почта', en: 'Mail' },
      filter: { channel: ['email'] },
      shared: true,
    });
    expect(made).toMatchObject({ status: 201, body: { shared: true, position: 6 } });
    const { id } = made.body;
    expect((await views(colleague)).find((view) => view.id === id)).toMatchObject({ mayChange: false });
    expect((await change(specialist, id, { title: 'Моё' }, 1)).status).toBe(403);
    expect((await change(supervisor, id, { position: 2 }, 1)).status).toBe(200);
    expect((await views(colleague)).map(({ title }) => title.en).slice(0, 4)).toEqual([
      'My work',
      'Mail',
      'Unassigned',
      'Waiting for an answer',
    ]);
    expect((await change(supervisor, id, { shared: false }, 2)).body).toMatchObject({ shared: false });
    expect((await views(colleague)).map((view) => view.id)).not.toContain(id);
    expect((await api.call(supervisor, 'DELETE', `/views/${id}`, { headers: { 'if-match': '"3"' } })).status).toBe(204);
  });

  it.each<[string, object]>([
    ['an unknown filter', { filter: { colour: 'red' } }],
    ['a state that is none', { filter: { state: ['lost'] } }],
    ['an order that is none', { order: 'subject' }],
    ['a column twice', { columns: ['number', 'number'] }],
    ['no title', { title: ' ' }],
    ['a title in one language', { title: { ru: 'Один' } }],
    ['a time that is none', { filter: { createdFrom: 'yesterday' } }],
  ])('refuse %s', async (_, body) => expect((await create(specialist, body)).status).toBe(invalid));

  it('are told of as they change, by their ids alone', async () => {
    const { body } = await create(specialist, {});
    await change(specialist, body.id, { title: 'Секрет' }, 1);
    await api.call(specialist, 'DELETE', `/views/${body.id}`);
    const events = await api.sql(`select data from event where type = 'view.changed' order by id desc limit 3`);
    expect(events).toEqual(Array.from({ length: 3 }, () => ({ data: { viewId: body.id } })));
  });

  it('are no more than so many for one person', async () => {
    await api.sql(
      `insert into saved_view (owner_id, title, filter, sorting, columns, position)
       select $1, '{}', '{}', 'latest', '{number}', n from generate_series(1, 50) n`,
      [colleague.id],
    );
    const refused = await create(colleague, {});
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('50') } });
  });

  it('are counted for whoever looks, as their lists are long', async () => {
    const taken = await api.ticket('Взято');
    const closed = await api.ticket('Закрыто');
    await api.ticket('Ждёт');
    await api.call(specialist, 'POST', `/tickets/${taken}/claim`);
    await api.call(specialist, 'POST', `/tickets/${closed}/close`);
    const found = (await create(specialist, { title: 'Слова', filter: { q: 'ждёт помощь' } })).body.id;
    const [mine, unassigned, waiting, open, done] = await Promise.all(
      ['my-work', 'unassigned', 'waiting', 'open', 'closed'].map(async (key) => (await viewOf(key)).id),
    );
    const ofSpecialist = await counts(specialist);
    expect(ofSpecialist).toMatchObject({ [mine ?? '']: 1, [unassigned ?? '']: 1, [waiting ?? '']: 2, [open ?? '']: 2 });
    expect(ofSpecialist[done ?? '']).toBe(1);
    expect(ofSpecialist[found]).toBe(0);
    expect((await counts(supervisor))[mine ?? '']).toBe(0);
    expect((await counts(await api.program('tickets:read')))[mine ?? '']).toBeNull();
    for (const view of await views(specialist)) {
      const { filter, order } = view as unknown as { filter: Record<string, string | string[]>; order: string };
      const query = new URLSearchParams(
        Object.entries(filter).map(([name, value]) => [name, String(value)] as [string, string]),
      );
      const listed = await api.call(specialist, 'GET', `/tickets?${query.toString()}&order=${order}&limit=200`);
      expect([view.title.en, listed.body.items.length]).toEqual([view.title.en, ofSpecialist[view.id]]);
    }
  });

  it('are counted exactly up to 9,999', async () => {
    const many = (count: number) =>
      api.sql(
        `insert into ticket (subject, queue_id, requester_id, channel, state, closed_at)
         select 'Много', (select min(id) from queue), (select min(id) from requester), 'form', 'closed', now()
         from generate_series(1, $1)`,
        [count],
      );
    const { id } = (await create(specialist, { filter: { channel: ['form'], state: ['closed'] } })).body;
    await many(9_999);
    expect((await counts(specialist))[id]).toBe(9_999);
    await many(1);
    expect((await counts(specialist))[id]).toBe('9999+');
  });
});
