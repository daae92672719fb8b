import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusOf } from '#libs/platform';
import { AnApi, startTimeout, type Caller, type Quarter } from './an-api.js';

const invalid = statusOf('invalid_input');

describe('calls and people over HTTP', () => {
  let api: AnApi;
  let specialist: Caller;
  let supervisor: Caller;
  beforeAll(async () => {
    api = await AnApi.open();
    specialist = await api.person('specialist');
    supervisor = await api.person('supervisor');
  }, startTimeout);
  afterAll(() => api.close());

  const log = (body: object, headers: Record<string, string> = {}, who = specialist) =>
    api.call(who, 'POST', '/calls', {
      body: { phone: '8 (912) 345-67-89', direction: 'in', text: 'Пароль', ...body },
      headers,
    });

  it('logs a call, once for one key', async () => {
    const options = { kind: 'access', startedAt: '2020-11-22T12:00:00+03:00', endedAt: '2020-11-22T12:04:00+03:00' };
    const first = await log(options, { 'idempotency-key': 'call-1' });
    expect(first).toMatchObject({
      status: 201,
      body: { channel: 'phone', subject: 'Пароль', kind: { key: 'access' }, replyChannels: [] },
    });
    expect((await log(options, { 'idempotency-key': 'call-1' })).body.id).toBe(first.body.id);
    const { items } = (await api.call(specialist, 'GET', `/tickets/${first.body.id}/messages`)).body;
    expect(items).toMatchObject([
      { type: 'call', call: { phone: '+79123456789', phoneAsGiven: '8 (912) 345-67-89', resolved: false } },
    ]);
  });

  it('closes a call that was resolved, and adds one to a ticket', async () => {
    const resolved = await log({ resolved: true, text: '', outcome: 'Подсказали' });
    expect(resolved.body).toMatchObject({ state: 'closed', outcome: 'Подсказали' });
    const ticket = await api.ticket();
    expect((await log({ ticketId: ticket })).body.id).toBe(ticket);
    expect((await log({ ticketId: '999999' })).status).toBe(404);
  });

  it.each([
    ['a number that is none', { phone: '12345678' }, 'phone'],
    ['nothing said', { text: ' ' }, 'text'],
    ['an end before the beginning', { startedAt: '2020-01-02T00:00:00Z', endedAt: '2020-01-01T00:00:00Z' }, 'endedAt'],
    ['a beginning at the end of time', { startedAt: '9999-12-31T23:59:59-12:00' }, 'startedAt'],
    ['an end in the future', { endedAt: new Date(Date.now() + 600_000).toISOString() }, 'endedAt'],
    ['a beginning before telephones', { startedAt: '0001-01-01T00:00:00Z' }, 'startedAt'],
    ['a call back by nobody alive', { callBack: { dueAt: '9999-01-01T00:00:00Z' } }, 'callBack.dueAt'],
    ['a kind that is none', { kind: 'nonsense' }, 'kind'],
    ['a way that is none', { direction: 'sideways' }, 'direction'],
  ])('refuses %s', async (_, body, path) => {
    const answer = await log(body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body.faults).toMatchObject([{ path }]);
  });

  it('promises a call back and keeps it', async () => {
    const dueAt = '2026-11-23T09:00:00.000Z';
    const logged = await log({ callBack: { dueAt, note: 'логин готов' } });
    const task = logged.body.tasks[0];
    expect(task).toMatchObject({ dueAt, note: 'логин готов', doneAt: null, createdBy: specialist.id });
    const due = await api.call(specialist, 'GET', '/tasks?until=2026-11-24T00:00:00Z');
    expect(due.body.items.map(({ id }) => id)).toContain(task?.id);
    const done = await api.call(specialist, 'POST', `/tasks/${task?.id}/done`);
    expect(done).toMatchObject({ status: 200, body: { doneBy: specialist.id } });
    expect((await api.call(specialist, 'GET', '/tasks')).body.items).toEqual([]);
    expect((await api.call(specialist, 'POST', '/tasks/999999/done')).status).toBe(404);
  });

  it('knows who calls, and what they may be calling about', async () => {
    const phone = '+7 495 123-45-67 доб. 5';
    const logged = await log({ phone, name: 'Ирина' });
    const found = await api.call(specialist, 'POST', '/calls/lookup', { body: { phone: '8 495 123 45 67' } });
    expect(found).toMatchObject({
      status: 200,
      body: {
        number: { kind: 'public', phone: '+74951234567', extension: null },
        requesters: [{ name: 'Ирина', tickets: [{ id: logged.body.id }] }],
      },
    });
    const card = await api.call(specialist, 'GET', `/requesters/${found.body.requesters[0]?.id}`);
    expect(card.body).toMatchObject({
      name: 'Ирина',
      addresses: [{ kind: 'phone', value: '+74951234567;ext=5', proof: 'wrote' }],
      tickets: [{ id: logged.body.id }],
    });
    expect((await api.call(specialist, 'GET', '/requesters/999999')).status).toBe(404);
    const hidden = await api.call(specialist, 'POST', '/calls/lookup', { body: { phone: 'anonymous' } });
    expect(hidden.body).toEqual({ number: { kind: 'anonymous', phone: null, extension: null }, requesters: [] });
  });

  it('tells the load of the desk', async () => {
    await api.ticket();
    const load = await api.call(specialist, 'GET', '/queues/load');
    expect(load.status).toBe(200);
    const { waiting, queues, channels, specialists } = load.body;
    expect(waiting).toBeGreaterThan(0);
    expect(queues).toMatchObject([
      { key: 'help', waiting, oldestAgeSeconds: expect.any(Number) },
      { key: 'other', waiting: 0, oldestAgeSeconds: null },
    ]);
    expect(channels.map(({ channel }) => channel)).toEqual(['email', 'phone']);
    expect(specialists).toContainEqual(
      expect.objectContaining({ id: specialist.id, name: 'Вера', presence: 'on', capacity: 5 }),
    );
  });

  it('tells what came and what was closed, now and a week ago', async () => {
    const before = (await api.call(specialist, 'GET', '/queues/trend')).body.quarters;
    const old = await api.ticket();
    await api.call(specialist, 'POST', `/tickets/${old}/close`);
    await api.sql(
      `update ticket set created_at = now() - interval '7 days', closed_at = now() - interval '7 days' where id = $1`,
      [old],
    );
    const fresh = await api.ticket();
    await api.call(specialist, 'POST', `/tickets/${fresh}/close`);
    const after = (await api.call(specialist, 'GET', '/queues/trend')).body.quarters;
    const sum = (quarters: readonly Quarter[], count: (quarter: Quarter) => number): number =>
      quarters.reduce((total, quarter) => total + count(quarter), 0);
    const grown = (count: (quarter: Quarter) => number): number => sum(after, count) - sum(before, count);
    expect(grown(({ arrived }) => arrived)).toBe(1);
    expect(grown(({ closed }) => closed)).toBe(1);
    expect(grown(({ weekAgo }) => weekAgo.arrived)).toBe(1);
    expect(grown(({ weekAgo }) => weekAgo.closed)).toBe(1);
    expect(after).toHaveLength(9);
    const steps = after.slice(1).map(({ at }, index) => Date.parse(at) - Date.parse(after[index]?.at ?? ''));
    expect(new Set(steps)).toEqual(new Set([15 * 60_000]));
  });

  it('lets people come and go, and supervisors say who works what', async () => {
    const away = await api.call(specialist, 'PUT', '/me/presence', { body: { presence: 'away' } });
    expect(away).toMatchObject({ status: 200, body: { id: specialist.id, presence: 'away' } });
    const path = `/specialists/${specialist.id}`;
    expect((await api.call(specialist, 'PUT', `${path}/capacity`, { body: { capacity: 9 } })).status).toBe(403);
    expect((await api.call(supervisor, 'PUT', `${path}/capacity`, { body: { capacity: 9 } })).body).toMatchObject({
      capacity: 9,
    });
    const other = await api.queueId('other');
    const moved = await api.call(supervisor, 'PUT', `${path}/queues`, { body: { queueIds: [other] } });
    expect(moved.body).toMatchObject({ queueIds: [other], capacity: 9 });
    expect((await api.call(supervisor, 'PUT', `${path}/queues`, { body: { queueIds: ['999999'] } })).status).toBe(
      invalid,
    );
    expect((await api.call(supervisor, 'PUT', '/me/presence', { body: { presence: 'on' } })).status).toBe(404);
    const on = await api.call(supervisor, 'PUT', `${path}/presence`, { body: { presence: 'on' } });
    expect(on.body).toMatchObject({ presence: 'on' });
    const { items } = (await api.call(specialist, 'GET', '/specialists')).body;
    expect(items).toContainEqual(expect.objectContaining({ id: specialist.id, queueIds: [other] }));
  });

  it('makes a specialist of a person of the desk, and of nobody else', async () => {
    const queueIds = [await api.queueId()];
    const hired = await api.call(supervisor, 'PUT', `/specialists/${supervisor.id}/queues`, { body: { queueIds } });
    expect(hired).toMatchObject({ status: 200, body: { id: supervisor.id, queueIds, capacity: 5, presence: 'off' } });
    const director = await api.person('director');
    for (const id of [director.id, '999999']) {
      expect((await api.call(supervisor, 'PUT', `/specialists/${id}/queues`, { body: { queueIds } })).status).toBe(404);
    }
  });

  it('lists queues and kinds', async () => {
    expect((await api.call(specialist, 'GET', '/queues')).body).toMatchObject({
      items: [{ key: 'help' }, { key: 'other' }],
      next: null,
    });
    expect((await api.call(specialist, 'GET', '/kinds')).body).toMatchObject({
      items: [{ key: 'access' }],
      next: null,
    });
  });
});
