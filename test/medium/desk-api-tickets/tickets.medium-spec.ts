import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusOf } from '#libs/platform';
import { AnApi, startTimeout, type Caller } from './an-api.js';

const invalid = statusOf('invalid_input');

describe('tickets over HTTP', () => {
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

  it('lists with names, filters and cursors', async () => {
    for (const n of [1, 2, 3]) await api.ticket(`Список ${n}`);
    const first = await api.call(
      specialist,
      'GET',
      '/tickets?q=%D0%A1%D0%BF%D0%B8%D1%81%D0%BE%D0%BA&limit=2&state=waiting',
    );
    expect(first.status).toBe(200);
    expect(first.body.items.map(({ subject }) => subject)).toEqual(['Список 3', 'Список 2']);
    expect(first.body.items[0]).toMatchObject({
      state: 'waiting',
      queue: { key: 'help', title: { ru: 'Помощь' } },
      requester: { name: 'Олег' },
      assignee: null,
      channel: 'email',
      slaClocks: [],
    });
    const query = `?q=${encodeURIComponent('Список')}&limit=2&state=waiting&cursor=${first.body.next}`;
    const second = await api.call(specialist, 'GET', `/tickets${query}`);
    expect(second.body).toMatchObject({ items: [{ subject: 'Список 1' }], next: null });
  });

  it('goes on only in the order in which a list was begun', async () => {
    for (const n of [1, 2]) await api.ticket(`Порядок ${n}`);
    const listed = (query: string) => api.call(specialist, 'GET', `/tickets?${query}`);
    for (const order of ['latest', 'newest', 'waiting']) {
      const first = await listed(`order=${order}&limit=1`);
      expect(first.body.items).toMatchObject([{ waitingSince: expect.any(String) }]);
      expect((await listed(`order=${order}&limit=1&cursor=${first.body.next}`)).status).toBe(200);
      expect(
        (await listed(`order=${order === 'waiting' ? 'latest' : 'waiting'}&cursor=${first.body.next}`)).status,
      ).toBe(invalid);
    }
    expect((await listed('order=subject')).status).toBe(invalid);
  });

  it('lets whoever may not read messages search headings alone', async () => {
    await api.ticket('Секретная тема');
    const count = async (caller: Caller, q: string): Promise<number> =>
      (await api.call(caller, 'GET', `/tickets?q=${encodeURIComponent(q)}`)).body.items.length;
    expect(await count(specialist, 'секретная помогите')).toBe(1);
    expect(await count(await api.program('tickets:read'), 'секретная помогите')).toBe(1);
    expect(await count(director, 'секретная')).toBe(1);
    expect(await count(director, 'секретная помогите')).toBe(0);
    expect(await count(director, 'помогите')).toBe(0);
  });

  it.each(['(a+)+$', '%_\\', '& | ! :*', "'; drop table ticket --", 'я'.repeat(200), '<->', '\u202e', '😀'])(
    'searches for %j as for any words',
    async (q) => {
      const answer = await api.call(specialist, 'GET', `/tickets?q=${encodeURIComponent(q)}`);
      expect(answer).toMatchObject({ status: 200, body: { items: [], next: null } });
    },
  );

  it('shows a ticket with how its requester is reached and what may be done', async () => {
    const id = await api.ticket();
    const answer = await api.call(specialist, 'GET', `/tickets/${id}`);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(answer.body).toMatchObject({
      id,
      replyChannels: ['email'],
      tasks: [],
      moves: expect.arrayContaining(['claim']),
    });
  });

  it.each([
    ['an id that is none', '/tickets/abc', 404],
    ['a ticket that is not there', '/tickets/999999', 404],
    ['messages of a ticket that is not there', '/tickets/999999/messages', 404],
    ['a filter that is not known', '/tickets?colour=red', invalid],
    ['a filter given twice', '/tickets?channel=email&channel=form', invalid],
    ['a state that is none', '/tickets?state=lost', invalid],
    ['a cursor that is none', '/tickets?cursor=abc', invalid],
  ])('answers problem details for %s', async (_, path, status) => {
    const answer = await api.call(specialist, 'GET', path);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it.each([
    ['GET', '', undefined],
    ['GET', '/messages/999999/raw', undefined],
    ['PATCH', '', { subject: '' }],
    ['PATCH', '', {}],
    ['PATCH', '', { queue: 'x', priority: 1.5, other: 1 }],
    ['POST', '/replies', { text: ' ' }],
    ['POST', '/replies', { text: 'x', channel: 'telegram' }],
    ['POST', '/replies', { text: 'x', attachments: [{ name: 'a\0', mediaType: '!', base64: '!' }] }],
    ['POST', '/release', undefined],
    ['POST', '/reopen', undefined],
    ['POST', '/merge', { into: '999999' }],
    ['POST', '/assign', { specialistId: '999999' }],
  ])('tells a refusal whole in the language of the reader: %s %s %j', async (method, action, body) => {
    const path = method === 'GET' && action === '' ? '/tickets/999999' : `/tickets/${await api.ticket()}${action}`;
    const told = async (language: string) => {
      const headers = { 'accept-language': language, ...(method === 'PATCH' && { 'if-match': '"1"' }) };
      const { body: problem } = await api.call(supervisor, method, path, { headers, ...(body && { body }) });
      const messages = (problem.faults ?? []).map(({ message }) => message);
      return [...messages, ...(problem.detail ? [problem.detail] : [])];
    };
    const [russian, english] = [await told('ru'), await told('en')];
    expect(russian).not.toEqual([]);
    for (const sentence of russian) expect(sentence).toMatch(/[а-яё]{2}/i);
    for (const sentence of english) expect(sentence).not.toMatch(/[а-яё]/i);
    expect(english).toHaveLength(russian.length);
  });

  it('goes through a working day: claim, answer, note, close, reopen', async () => {
    const id = await api.ticket();
    const claimed = await api.call(specialist, 'POST', `/tickets/${id}/claim`);
    expect(claimed).toMatchObject({
      status: 200,
      body: { state: 'open', assignee: { id: specialist.id, name: 'Вера' } },
    });
    const reply = await api.call(specialist, 'POST', `/tickets/${id}/replies`, { body: { text: 'Готово' } });
    expect(reply.status).toBe(202);
    expect(reply.body).toMatchObject({
      message: { type: 'reply', text: 'Готово', author: { type: 'person', id: specialist.id, name: 'Вера' } },
      delivery: { state: 'queued', channel: 'email' },
      ticket: { id, state: 'pending' },
    });
    const note = await api.call(specialist, 'POST', `/tickets/${id}/notes`, { body: { text: 'проверить завтра' } });
    expect(note).toMatchObject({ status: 201, body: { type: 'note', delivery: null } });
    const closed = await api.call(specialist, 'POST', `/tickets/${id}/close`, { body: { outcome: 'Помогли' } });
    expect(closed.body).toMatchObject({ state: 'closed', outcome: 'Помогли', moves: ['note', 'reopen'] });
    expect(
      (await api.call(specialist, 'POST', `/tickets/${id}/replies`, { body: { text: 'ещё' } })).body,
    ).toMatchObject({
      code: 'ticket_closed',
    });
    expect((await api.call(specialist, 'POST', `/tickets/${id}/reopen`)).body).toMatchObject({ state: 'waiting' });
    const messages = await api.call(specialist, 'GET', `/tickets/${id}/messages`);
    expect(messages.body.items.map(({ type }) => type)).toEqual(['inbound', 'reply', 'note']);
    const why = await api.call(supervisor, 'GET', `/tickets/${id}/decisions`);
    expect(why.body.items.map(({ outcome }) => outcome)).toEqual(['claim', 'reply', 'close', 'reopen']);
  });

  it('lets one of two claims and one of two answers win', async () => {
    const other = await api.person('specialist');
    const id = await api.ticket();
    const claims = await Promise.all([specialist, other].map((who) => api.call(who, 'POST', `/tickets/${id}/claim`)));
    expect(claims.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 409]));
    const version = claims.find(({ status }) => status === 200)?.body.version;
    const headers = { 'if-match': `"${version}"` };
    const replies = await Promise.all(
      [specialist, other].map((who) =>
        api.call(who, 'POST', `/tickets/${id}/replies`, { body: { text: 'я' }, headers }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual(expect.arrayContaining([202, 412]));
  });

  it('answers a repeated reply with the first one, and sends it once', async () => {
    const id = await api.ticket();
    const options = { body: { text: 'один раз' }, headers: { 'idempotency-key': 'once' } };
    const first = await api.call(specialist, 'POST', `/tickets/${id}/replies`, options);
    const second = await api.call(specialist, 'POST', `/tickets/${id}/replies`, options);
    expect(second.body.message.id).toBe(first.body.message.id);
    expect(await api.sql('select 1 from outbox where ticket_id = $1', [id])).toHaveLength(1);
  });

  it('changes a ticket only for whoever says which version they saw', async () => {
    const id = await api.ticket();
    const body = { subject: 'Другая тема', kind: 'access' };
    expect((await api.call(specialist, 'PATCH', `/tickets/${id}`, { body })).status).toBe(428);
    const seen = { 'if-match': '"1"' };
    const changed = await api.call(specialist, 'PATCH', `/tickets/${id}`, { body, headers: seen });
    expect(changed).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { subject: 'Другая тема', kind: { key: 'access' } },
    });
    for (const header of ['"1"', '"1", "15"', '"other"']) {
      const late = { body, headers: { 'if-match': header } };
      expect((await api.call(specialist, 'PATCH', `/tickets/${id}`, late)).status).toBe(412);
    }
    const wrong = { body: { queue: '999999', kind: 'none' }, headers: { 'if-match': '"2"' } };
    const refused = await api.call(specialist, 'PATCH', `/tickets/${id}`, wrong);
    expect(refused.body.faults.map(({ path }) => path)).toEqual(['queue', 'kind']);
  });

  it('keeps a subject to one line, and takes any of the versions that were named', async () => {
    const id = await api.ticket();
    const change = { body: { subject: ' a\r\nBcc: b\u2028c ' }, headers: { 'if-match': 'W/"1", "15"' } };
    const changed = await api.call(specialist, 'PATCH', `/tickets/${id}`, change);
    expect(changed).toMatchObject({ status: 200, body: { subject: 'a Bcc: b c', version: 2 } });
  });

  it.each([
    ['a subject of line breaks', { subject: '\r\n\u2028' }],
    ['id', { id: '1', subject: 'x' }],
    ['state', { state: 'closed' }],
    ['number', { number: '7', subject: 'x' }],
    ['an object for a text', { subject: { $ne: 1 } }],
    ['NUL', { subject: 'a\0b' }],
  ])('refuses to have %s written', async (_, body) => {
    const id = await api.ticket();
    const answer = await api.call(specialist, 'PATCH', `/tickets/${id}`, { body, headers: { 'if-match': '"1"' } });
    expect(answer.status).toBe(invalid);
    expect(await api.sql('select version from ticket where id = $1', [id])).toEqual([{ version: 1 }]);
  });

  it('gives a ticket by a supervisor, within capacity', async () => {
    const [small, id, second] = [await api.person('specialist', 1), await api.ticket(), await api.ticket()];
    const assign = (ticket: string, who: Caller, body: object) =>
      api.call(who, 'POST', `/tickets/${ticket}/assign`, { body });
    expect((await assign(id, specialist, { specialistId: small.id })).status).toBe(403);
    expect((await assign(id, supervisor, { specialistId: small.id })).body).toMatchObject({
      assignee: { id: small.id },
    });
    expect((await assign(second, supervisor, { specialistId: small.id })).body).toMatchObject({
      code: 'specialist_full',
    });
    for (const specialistId of ['999999', director.id]) {
      const refused = await assign(second, supervisor, { specialistId, force: true });
      expect(refused).toMatchObject({ status: invalid, body: { faults: [{ path: 'specialistId' }] } });
    }
    const released = await api.call(small, 'POST', `/tickets/${id}/release`);
    expect(released.body).toMatchObject({ state: 'waiting', assignee: null });
  });

  it('merges and splits', async () => {
    const [source, target] = [await api.ticket('Раз'), await api.ticket('Два')];
    expect((await api.call(specialist, 'POST', `/tickets/${source}/merge`, { body: { into: target } })).status).toBe(
      409,
    );
    const body = { into: target, force: true };
    const merged = await api.call(specialist, 'POST', `/tickets/${source}/merge`, { body });
    expect(merged).toMatchObject({ status: 200, body: { id: target } });
    expect((await api.call(specialist, 'GET', `/tickets/${source}`)).body).toMatchObject({
      state: 'closed',
      mergedInto: target,
    });
    const { items } = (await api.call(specialist, 'GET', `/tickets/${target}/messages`)).body;
    const split = await api.call(specialist, 'POST', `/tickets/${target}/split`, { body: { messageId: items[0]?.id } });
    expect(split).toMatchObject({ status: 201, body: { state: 'waiting', subject: 'Помогите' } });
    expect(split.body.id).not.toBe(target);
  });

  it('keeps directors from what was written, and keys within their scopes', async () => {
    const id = await api.ticket();
    expect((await api.call(director, 'GET', `/tickets/${id}`)).status).toBe(200);
    expect((await api.call(director, 'GET', `/tickets/${id}/messages`)).status).toBe(403);
    expect((await api.call(director, 'POST', `/tickets/${id}/replies`, { body: { text: 'x' } })).status).toBe(403);
    const reader = await api.program('tickets:read');
    expect((await api.call(reader, 'GET', `/tickets/${id}/messages`)).status).toBe(200);
    expect((await api.call(reader, 'POST', `/tickets/${id}/notes`, { body: { text: 'x' } })).status).toBe(403);
    const writer = await api.program('tickets:read', 'tickets:write');
    expect((await api.call(writer, 'POST', `/tickets/${id}/claim`)).status).toBe(403);
    expect((await api.call(writer, 'GET', '/tickets?assignee=me')).status).toBe(invalid);
    expect((await api.call(undefined, 'GET', `/tickets/${id}`)).status).toBe(401);
  });

  it('lets people settle a delivery that failed', async () => {
    const id = await api.ticket();
    const reply = await api.call(specialist, 'POST', `/tickets/${id}/replies`, { body: { text: 'Готово' } });
    const path = `/tickets/${id}/messages/${reply.body.message.id}`;
    expect((await api.call(specialist, 'POST', `${path}/resend`)).status).toBe(409);
    await api.sql(`update outbox set state = 'failed', reason_code = '550' where ticket_id = $1`, [id]);
    const failed = await api.call(specialist, 'GET', `/tickets/${id}/messages?order=desc&limit=1`);
    expect(failed.body.items[0]?.delivery).toMatchObject({ state: 'failed', reasonCode: '550' });
    expect((await api.call(specialist, 'POST', `${path}/mark-delivered`)).status).toBe(409);
    expect((await api.call(specialist, 'POST', `${path}/resend`)).body.delivery).toMatchObject({ state: 'queued' });
    await api.sql(`update outbox set state = 'unknown' where ticket_id = $1`, [id]);
    expect(await api.call(specialist, 'POST', `${path}/mark-delivered`)).toMatchObject({
      status: 200,
      body: { delivery: { state: 'sent' } },
    });
  });
});
