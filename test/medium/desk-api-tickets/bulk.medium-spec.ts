import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusOf } from '#libs/platform';
import { BulkWork } from '#libs/routing';
import { AnApi, startTimeout, type Answer, type Caller, type CallOptions } from './an-api.js';

const invalid = statusOf('invalid_input');

describe('acts on many tickets over HTTP', () => {
  let api: AnApi;
  let specialist: Caller;
  let supervisor: Caller;
  let director: Caller;
  beforeAll(async () => {
    api = await AnApi.open();
    specialist = await api.person('specialist', 50);
    supervisor = await api.person('supervisor');
    director = await api.person('director');
  }, startTimeout);
  afterAll(() => api.close());

  const begin = (caller: Caller, body: object, more: CallOptions = {}): Promise<Answer> =>
    api.call(caller, 'POST', '/tickets/bulk', { body, ...more });
  const look = async (caller: Caller, id: string, path = '', language = 'en') =>
    api.call(caller, 'GET', `/tickets/bulk/${id}${path}`, { headers: { 'accept-language': language } });

  it('begins at once, is worked, and tells what became of each ticket', async () => {
    const [one, two] = [await api.ticket('Первое'), await api.ticket('Второе')];
    await api.call(specialist, 'POST', `/tickets/${two}/close`);
    const begun = await begin(specialist, { act: 'close', outcome: 'Готово', ids: [one, two, one] });
    expect(begun).toMatchObject({
      status: 202,
      body: {
        act: { act: 'close', outcome: 'Готово' },
        by: { type: 'person', id: specialist.id, name: 'Вера' },
        state: 'running',
        total: 2,
        done: 0,
        endedAt: null,
      },
    });
    const { id } = begun.body;
    await api.get(BulkWork).goOn(id);
    expect((await look(specialist, id)).body).toMatchObject({ state: 'done', done: 1, skipped: 1, failed: 0 });
    expect((await look(specialist, id, '/tickets')).body).toMatchObject({
      items: [
        {
          ticket: { id: two, subject: 'Второе', number: expect.any(String) },
          state: 'skipped',
          reason: { code: 'ticket_closed', text: expect.stringMatching(/^[A-Z]/) },
        },
      ],
      next: null,
    });
    const russian = await look(specialist, id, '/tickets?state=skipped', 'ru');
    expect(JSON.stringify(russian.body)).toMatch(/"text":"[А-Я]/);
    const first = await look(specialist, id, '/tickets?state=done,skipped&limit=1');
    expect(first.body).toMatchObject({ items: [{ ticket: { id: one }, state: 'done', reason: null }] });
    const rest = await look(specialist, id, `/tickets?state=done,skipped&limit=1&cursor=${first.body.next}`);
    expect(rest.body).toMatchObject({ items: [{ ticket: { id: two } }], next: null });
    expect((await api.call(specialist, 'GET', '/tickets/bulk')).body.items).toMatchObject([{ id }]);
    expect(await api.sql('select outcome from ticket where id = $1', [one])).toEqual([{ outcome: 'Готово' }]);
  });

  it('takes all that a filter matches, as the list shows it', async () => {
    for (const n of [1, 2, 3]) await api.ticket(`Гербарий ${n}`);
    const filter = { q: 'гербарий', state: ['waiting'] };
    const begun = await begin(supervisor, { act: 'kind', kind: 'access', filter });
    expect(begun).toMatchObject({ status: 202, body: { total: 3 } });
    await api.get(BulkWork).goOn(begun.body.id);
    const listed = await api.call(supervisor, 'GET', `/tickets?q=${encodeURIComponent('гербарий')}&kind=access`);
    expect(listed.body.items).toHaveLength(3);
    const more = { act: 'priority', priority: 3, filter: { assignee: 'none', q: 'гербарий 2' }, order: 'waiting' };
    expect((await begin(supervisor, more)).body).toMatchObject({ total: 1 });
  });

  it('can be stopped by its actor, and by those who lead', async () => {
    const ids = [await api.ticket()];
    const { id } = (await begin(specialist, { act: 'close', ids })).body;
    const other = await api.person('specialist');
    for (const path of ['', '/tickets']) expect((await look(other, id, path)).status).toBe(404);
    expect((await api.call(other, 'POST', `/tickets/bulk/${id}/stop`)).status).toBe(404);
    expect(await api.call(supervisor, 'POST', `/tickets/bulk/${id}/stop`)).toMatchObject({
      status: 200,
      body: { state: 'stopped', skipped: 1 },
    });
    expect((await look(specialist, id, '/tickets')).body).toMatchObject({
      items: [{ reason: { text: 'The act was stopped before it came to this ticket.' } }],
    });
  });

  it('has one effect for one Idempotency-Key', async () => {
    const body = { act: 'release', ids: [await api.ticket()] };
    const headers = { 'idempotency-key': 'bulk-1' };
    const [first, second] = [await begin(supervisor, body, { headers }), await begin(supervisor, body, { headers })];
    expect([first.status, second.status, second.body.id]).toEqual([202, 202, first.body.id]);
    const [row] = await api.sql('select count(*)::int as count from bulk_act where actor_id = $1 and act = $2', [
      supervisor.id,
      { act: 'release' },
    ]);
    expect(row).toEqual({ count: 1 });
    await api.call(supervisor, 'POST', `/tickets/bulk/${first.body.id}/stop`);
  });

  it('is not for whoever may not do the same with one ticket', async () => {
    const ids = [await api.ticket()];
    const assigning = { act: 'assign', specialistId: specialist.id, ids };
    expect((await begin(specialist, assigning)).status).toBe(403);
    expect((await begin(director, { act: 'close', ids })).status).toBe(403);
    expect((await begin(await api.program('tickets:read'), { act: 'close', ids })).status).toBe(403);
    const writer = await api.program('tickets:read', 'tickets:write');
    expect((await begin(writer, { act: 'close', ids })).body).toMatchObject({ by: { type: 'program', id: writer.id } });
  });

  it.each<[string, object]>([
    ['nothing named', { act: 'close' }],
    ['ids and a filter', { act: 'close', ids: ['1'], filter: { state: ['open'] } }],
    ['an empty filter', { act: 'close', filter: {} }],
    ['no ids', { act: 'close', ids: [] }],
    ['an id that is none', { act: 'close', ids: ['x'] }],
    ['a ticket that is not there', { act: 'close', ids: ['999999'] }],
    ['an act that is none', { act: 'delete', ids: ['1'] }],
    ['fields of another act', { act: 'release', outcome: 'x', ids: ['1'] }],
    ['a queue that is not there', { act: 'move', queue: '999999', ids: ['1'] }],
    ['a kind that is not there', { act: 'kind', kind: 'nothing', ids: ['1'] }],
    ['a specialist that is not there', { act: 'assign', specialistId: '999999', ids: ['1'] }],
    ['too many', { act: 'close', ids: Array.from({ length: 10_001 }, (_, n) => String(n + 1)) }],
  ])('refuses %s', async (_, body) => expect((await begin(supervisor, body)).status).toBe(invalid));

  it('takes ten thousand and no more', async () => {
    const make = (count: number) =>
      api.sql(
        `insert into ticket (subject, queue_id, requester_id, channel, state, closed_at)
         select 'Много', (select min(id) from queue), (select min(id) from requester), 'form', 'closed', now()
         from generate_series(1, $1)`,
        [count],
      );
    const act = { act: 'kind', kind: null, filter: { channel: ['form'] } };
    await make(10_000);
    const begun = await begin(supervisor, act);
    expect(begun).toMatchObject({ status: 202, body: { total: 10_000 } });
    await api.call(supervisor, 'POST', `/tickets/bulk/${begun.body.id}/stop`);
    await make(1);
    expect(await begin(supervisor, act)).toMatchObject({
      status: invalid,
      body: { faults: [{ path: 'filter', message: expect.stringContaining('10000') }] },
    });
  });

  it('stands in the audit log by its ids', async () => {
    const entries = await api.sql<{ details: object }>(
      `select details from audit_entry where act = 'ticket.manyMoved' and outcome = 'done' order by seq limit 1`,
    );
    expect(entries).toEqual([
      { details: expect.objectContaining({ 'new.act': 'close', fields: ['act', 'ids', 'outcome'] }) },
    ]);
  });
});
