import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { aDesk, bootstrapKey, emailOf, password, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
let admin: string;
beforeAll(async () => {
  desk = await aDesk();
  admin = await desk.signIn('administrator');
});
afterAll(() => desk.close());

const add = (more: object = {}) =>
  desk.call('POST', '/api/v1/people', {
    cookie: admin,
    body: {
      email: `p${Math.random().toString(36).slice(2)}@desk.test`,
      name: 'Новый',
      role: 'specialist',
      password,
      ...more,
    },
  });

describe('people', () => {
  it('are added once, with a password that is worth the name', async () => {
    const added = await add({ email: 'Anna@Desk.test' });
    expect([added.status, added.body.email, added.headers.get('etag')]).toEqual([201, 'anna@desk.test', '"1"']);
    expect(added.body).toMatchObject({ hasPassword: true, secondFactor: false });
    expect(JSON.stringify(added.body)).not.toMatch(/passwordHash|argon|wooden/i);
    expect((await add({ email: 'anna@desk.test' })).body.code).toBe('conflict');
    expect((await add({ password: 'short' })).body.faults).toEqual([{ path: 'password', message: expect.any(String) }]);
    expect((await add({ id: '1', version: 5 })).status).toBe(400);
  });

  it('work tickets from the first moment where that is asked, and are not half made', async () => {
    const sql = `insert into queue (key, title) values ('q', '{"ru":"К","en":"Q"}') returning id`;
    const [queue] = await rows<{ id: string }>(desk.db, sql);
    const added = await add({ specialist: { queueIds: [queue?.id], capacity: 9 } });
    expect(added.status).toBe(201);
    const { body } = await desk.call('GET', '/api/v1/specialists', { cookie: admin });
    expect(body.items).toContainEqual(
      expect.objectContaining({ id: added.body.id, capacity: 9, queueIds: [queue?.id], presence: 'off' }),
    );
    const email = 'half@desk.test';
    expect((await add({ email, specialist: { queueIds: ['999999'] } })).status).toBe(400);
    expect((await add({ email, role: 'director', specialist: { queueIds: [queue?.id] } })).status).toBe(400);
    expect(await rows(desk.db, 'select id from person where email = $1', [email])).toEqual([]);
  });

  it('are listed in pages that follow one another', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const query: string = next === '' ? '' : `&cursor=${next}`;
      const { body } = await desk.call('GET', `/api/v1/people?limit=2${query}`, { cookie: admin });
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.next;
    }
    const all = await rows<{ id: string }>(desk.db, 'select id from person order by id');
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('are changed by whoever saw the newest version', async () => {
    const { id } = (await add()).body;
    const change = (version: number, name: string) =>
      desk.call('PATCH', `/api/v1/people/${id}`, {
        cookie: admin,
        body: { name },
        headers: { 'if-match': `"${version}"` },
      });
    const answers = await Promise.all([change(1, 'one'), change(1, 'other')]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 412]);
    expect((await change(1, 'late')).body.code).toBe('precondition_failed');
    expect((await change(2, 'next')).headers.get('etag')).toBe('"3"');
  });

  it.each([{ disabled: true }, { role: 'director' }, { password: 'another wooden spoon' }])(
    'are signed out everywhere by %j',
    async (body) => {
      const { id, email } = (await add()).body;
      const signedIn = await desk.call('POST', '/api/v1/session', { body: { email, password } });
      const cookie = signedIn.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
      expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(200);
      expect((await desk.call('PATCH', `/api/v1/people/${id}`, { cookie: admin, body })).status).toBe(200);
      expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
    },
  );

  it('keep their last administrator', async () => {
    const [person] = await rows<{ id: string }>(desk.db, `select id from person where role = 'administrator'`);
    for (const body of [{ disabled: true }, { role: 'director' }]) {
      const { status } = await desk.call('PATCH', `/api/v1/people/${person?.id}`, { cookie: admin, body });
      expect(status).toBe(409);
    }
    expect(
      (await desk.call('PATCH', `/api/v1/people/${person?.id}`, { cookie: admin, body: { name: 'N' } })).status,
    ).toBe(200);
  });
});

describe('API keys', () => {
  const issue = (body: object, as: object = { cookie: admin }) =>
    desk.call('POST', '/api/v1/api-keys', { ...as, body });

  it('are shown once, stored as a hash, and end when revoked', async () => {
    const { body } = await issue({ name: 'ci', scopes: ['people:manage'] });
    expect(body.key).toMatch(/^sbk_[0-9a-f]{12}_[\w-]{43}$/);
    expect((await desk.call('GET', '/api/v1/people', { key: body.key })).status).toBe(200);
    const listed = await desk.call('GET', '/api/v1/api-keys', { cookie: admin });
    expect(listed.text).not.toContain(body.key.slice('sbk_'.length + 12 + 1));
    expect(listed.body.items.at(-1)).toMatchObject({ name: 'ci', prefix: body.prefix, lastUsedAt: expect.any(String) });
    await desk.call('DELETE', `/api/v1/api-keys/${body.id}`, { cookie: admin });
    expect((await desk.call('GET', '/api/v1/people', { key: body.key })).status).toBe(401);
  });

  it('end by time', async () => {
    const { body } = await issue({ name: 'brief', scopes: ['people:manage'], expiresAt: '2099-01-01T00:00:00Z' });
    await rows(desk.db, `update api_key set expires_at = now() where id = $1`, [body.id]);
    expect((await desk.call('GET', '/api/v1/people', { key: body.key })).status).toBe(401);
    expect((await issue({ name: 'past', scopes: ['metrics'], expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
  });

  it('give no scope that they have not', async () => {
    const key = await desk.keyWith('keys:manage', 'metrics');
    expect((await issue({ name: 'more', scopes: ['tickets:read'] }, { key })).status).toBe(403);
    expect((await issue({ name: 'same', scopes: ['metrics'] }, { key })).status).toBe(201);
  });

  it('are believed in the header alone, whole, and over a cookie', async () => {
    expect((await desk.call('GET', `/api/v1/me?key=${bootstrapKey}`)).status).toBe(401);
    expect((await desk.call('GET', '/api/v1/me', { key: `${bootstrapKey}x` })).status).toBe(401);
    expect((await desk.call('GET', '/api/v1/me', { key: 'nonsense', cookie: admin })).status).toBe(401);
  });
});

describe('metrics', () => {
  it('tell levels without names of people', async () => {
    const { text, status } = await desk.call('GET', '/metrics', { key: await desk.keyWith('metrics') });
    expect(status).toBe(200);
    expect(text).toMatch(/switchboard_account_up\{.*channel="phone"|switchboard_jobs\{/);
    expect(text).not.toMatch(/@desk\.test/);
  });
});

describe('the board of the queues', () => {
  it('opens for an administrator with its files and readings', async () => {
    const board = await desk.call('GET', '/admin/queues', { cookie: admin });
    expect(board.text).toContain('<base href="/admin/queues/"');
    expect(board.text).not.toContain('googleapis');
    const script = /src="(static\/js\/main[^"]+)"/.exec(board.text)?.[1];
    expect((await desk.call('GET', `/admin/queues/${script}`, { cookie: admin })).status).toBe(200);
    const queues = await desk.call('GET', '/admin/queues/api/queues', { cookie: admin });
    expect(queues.body.queues.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['inbound', 'outbound.form', 'routing']),
    );
    for (const path of ['static/..%2findex.ejs', 'static/js/none.js', 'api/none']) {
      expect((await desk.call('GET', `/admin/queues/${path}`, { cookie: admin })).status).toBe(404);
    }
  });
});

describe('the first administrator', () => {
  it('comes in by a link that works once, while there is none', async () => {
    const fresh = await aDesk();
    try {
      await rows(fresh.db, 'delete from person');
      const { AccessService } = await import('#libs/access');
      const access = fresh.app.get(AccessService, { strict: false });
      const old = await access.firstRunLink(fresh.url);
      const link = await access.firstRunLink(fresh.url);
      const redeem = (href: string | undefined, more: object = {}) =>
        fresh.call('POST', '/first-run', {
          body: { token: href?.split('#')[1] ?? '', email: 'first@desk.test', name: 'Первый', password, ...more },
        });
      expect((await redeem(old)).status).toBe(401);
      expect((await redeem(link, { password: 'short' })).status).toBe(400);
      const answers = await Promise.all([redeem(link), redeem(link, { email: 'second@desk.test' })]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 401]);
      expect(await rows(fresh.db, `select role from person`)).toEqual([{ role: 'administrator' }]);
      expect(await access.firstRunLink(fresh.url)).toBeUndefined();
    } finally {
      await fresh.close();
    }
  });

  it('is the one of the environment, once', async () => {
    const fresh = await aDesk({
      ADMIN_EMAIL: emailOf('administrator').replace('administrator', 'root'),
      ADMIN_PASSWORD: password,
    });
    try {
      const { status, body } = await fresh.call('POST', '/api/v1/session', {
        body: { email: 'root@desk.test', password },
      });
      expect([status, body.role]).toEqual([201, 'administrator']);
    } finally {
      await fresh.close();
    }
  });
});
