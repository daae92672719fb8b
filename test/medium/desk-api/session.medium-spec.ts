import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '#libs/database';
import { aDesk, bootstrapKey, emailOf, password, type TestDesk } from './support/desk.js';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(() => desk.close());

const tryIn = (email: string, given: string, headers = {}) =>
  desk.call('POST', '/api/v1/session', { body: { email, password: given }, headers });

describe('signing in', () => {
  it('gives a cookie that no script reads, and stores only its hash', async () => {
    const answer = await tryIn(` ${emailOf('specialist').toUpperCase()} `, password);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ email: emailOf('specialist'), role: 'specialist', locale: 'ru' });
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^sb_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const token = cookie.slice('sb_session='.length, cookie.indexOf(';'));
    const stored = await rows<{ found: string }>(desk.db, `select session::text as found from session`);
    expect(stored.some(({ found }) => found.includes(token))).toBe(false);
  });

  it('answers a wrong password, an unknown address and a disabled person alike', async () => {
    await rows(
      desk.db,
      `insert into person (email, name, role, disabled_at) values ('gone@desk.test', 'x', 'director', now())`,
    );
    const answers = await Promise.all([
      tryIn(emailOf('director'), 'wrong password here'),
      tryIn('nobody@desk.test', 'wrong password here'),
      tryIn('gone@desk.test', password),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.code).toBe('wrong_credentials');
  });

  it('slows down whoever guesses, and lets the owner in from elsewhere', async () => {
    const guesses = [];
    for (let guess = 0; guess < 6; guess++) guesses.push(await tryIn(emailOf('supervisor'), `guess number ${guess}`));
    expect(guesses.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 429]);
    // A forged header is not another network: no proxy is trusted.
    expect((await tryIn(emailOf('supervisor'), password, { 'x-forwarded-for': '203.0.113.7' })).status).toBe(429);
  });

  it.each([
    [{ email: { $ne: 1 }, password: 'x' }, 400],
    [{ email: ['a', 'b'], password: 'x' }, 400],
    [{ email: 'a@b.test' }, 400],
    [{ email: 'a@b.test', password: 'x', role: 'administrator' }, 400],
    ['{"email": ', 400],
  ])('refuses the body %j', async (body, status) => {
    const answer = await desk.call('POST', '/api/v1/session', {
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
  });

  it('refuses a sign-in that another site sends', async () => {
    const body = { email: emailOf('director'), password };
    const origin = await desk.call('POST', '/api/v1/session', { body, headers: { origin: 'https://evil.test' } });
    const text = await desk.call('POST', '/api/v1/session', {
      body: JSON.stringify(body),
      headers: { 'content-type': 'text/plain' },
    });
    expect([origin.status, text.status]).toEqual([403, 415]);
  });
});

describe('a session', () => {
  it('says who is signed in and ends by signing out, everywhere at once', async () => {
    const cookie = await desk.signIn('specialist');
    expect((await desk.call('GET', '/api/v1/session', { cookie })).body.role).toBe('specialist');
    expect((await desk.call('GET', '/api/v1/me', { cookie })).body.type).toBe('person');
    const out = await desk.call('DELETE', '/api/v1/session', { cookie });
    expect([out.status, out.text]).toEqual([204, '']);
    expect((await desk.call('GET', '/api/v1/session', { cookie })).status).toBe(401);
  });

  it('ends by time', async () => {
    const cookie = await desk.signIn('director');
    await rows(
      desk.db,
      `update session set expires_at = now() where person_id = any (select id from person where role = 'director')`,
    );
    expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });

  it('slides with use, a week at most', async () => {
    const cookie = await desk.signIn('director');
    await rows(
      desk.db,
      `update session set last_seen_at = now() - interval '2 hours', expires_at = now() + interval '10 hours'`,
    );
    expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(200);
    const [session] = await rows<{ hours: number }>(
      desk.db,
      `select round(extract(epoch from max(expires_at) - now()) / 3600)::int as hours from session`,
    );
    expect(session?.hours).toBe(12);
    await rows(desk.db, `update session set created_at = now() - interval '8 days'`);
    expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });

  it.each<[string, Record<string, string>, number]>([
    ['a foreign page', { origin: 'https://evil.test' }, 403],
    ['a sandboxed frame', { origin: 'null' }, 403],
    ['a foreign page without Origin', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a plain form', { 'content-type': 'text/plain' }, 415],
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 201],
  ])('is not used by %s', async (_, headers, status) => {
    const cookie = await desk.signIn('administrator');
    const body = { email: `${Math.random()}@desk.test`.slice(2), name: 'x', role: 'director' };
    const answer = await desk.call('POST', '/api/v1/people', {
      cookie,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(status);
  });

  it('is not taken from a header that a proxy might set', async () => {
    const answer = await desk.call('GET', '/api/v1/me', { headers: { 'x-remote-user': emailOf('administrator') } });
    expect(answer.status).toBe(401);
  });
});

describe('the key of the environment', () => {
  it('has every scope', async () => {
    const { body } = await desk.call('GET', '/api/v1/me', { key: bootstrapKey });
    expect(body).toMatchObject({ type: 'program', name: 'BOOTSTRAP_API_KEY' });
    expect(body.scopes).toContain('tickets:write');
  });
});
