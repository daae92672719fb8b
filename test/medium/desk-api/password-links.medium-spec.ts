import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { aDesk, emailOf, password, type TestDesk } from './support/desk.js';
import { giveMailbox, mailsTo } from './support/mailbox.js';

jest.setTimeout(60_000);
const chosen = 'another wooden spoon';
let desk: TestDesk;
let admin: string;
beforeAll(async () => {
  // The loopback is a proxy here, so that tests can come from many networks.
  desk = await aDesk({ PUBLIC_URL: 'https://desk.example', TRUST_PROXY: 'loopback', DESK_NAME: 'Учебный центр' });
  admin = await desk.signIn('administrator');
  await giveMailbox(desk);
});
afterAll(() => desk.close());

let count = 0;
/** Each call from a network of its own, unless one is named. */
const fresh = (): string => `10.1.${(++count >> 8) & 255}.${count & 255}`;
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  desk.call('POST', path, { body, headers: { 'x-forwarded-for': fresh(), ...headers } });
const ask = (email: unknown, headers?: Record<string, string>) => post('/api/v1/password-resets', { email }, headers);
const look = (token: unknown) => post('/api/v1/password-links/lookup', { token });
const redeem = (token: unknown, given: unknown = chosen) =>
  post('/api/v1/password-links/redemption', { token, password: given });
const signIn = (email: string, given: string) => post('/api/v1/session', { email, password: given });
const invite = (more: object = {}) => {
  const email = `invited${++count}@school.test`;
  return desk.call('POST', '/api/v1/people', {
    cookie: admin,
    body: { email, name: '<b>Анна</b>', role: 'specialist', invite: true, ...more },
  });
};

describe('an invitation', () => {
  it('leads by a link in a mail to a password and a sign-in', async () => {
    const { status, body } = await invite({ locale: 'ru' });
    expect([status, body.hasPassword]).toEqual([201, false]);
    const [mail] = await mailsTo(desk, body.email);
    expect(mail).toMatchObject({ subject: 'Приглашение в Учебный центр', automatic: true });
    expect(mail?.text).toMatch(/<https:\/\/desk\.example\/password#[\w-]{43}>/);
    // Nothing that somebody else could have filled in, and no tracking.
    expect(mail?.text).not.toMatch(/Анна|<img|\?/);
    expect((await look(mail?.token)).body).toEqual({
      purpose: 'invitation',
      email: body.email,
      name: '<b>Анна</b>',
      expiresAt: expect.any(String),
    });
    expect((await redeem(mail?.token)).body).toEqual({ email: body.email });
    expect((await signIn(body.email, chosen)).status).toBe(201);
    expect((await redeem(mail?.token)).body.code).toBe('bad_token');
  });

  it('is in nobody’s reach who reads the database', async () => {
    const { body } = await invite();
    const [mail] = await mailsTo(desk, body.email);
    const links = await rows<{ kept: string }>(desk.db, `select access_link::text as kept from access_link`);
    expect(mail?.token).toMatch(/^[\w-]{43}$/);
    expect(`${mail?.stored} ${JSON.stringify(links)}`).not.toContain(mail?.token);
  });

  it('speaks the language of the invited', async () => {
    const { body } = await invite({ locale: 'en' });
    expect((await mailsTo(desk, body.email))[0]?.subject).toBe('Invitation to Учебный центр');
  });

  it('lives 72 hours', async () => {
    const { body } = await invite();
    const [mail] = await mailsTo(desk, body.email);
    const hours = (Date.parse((await look(mail?.token)).body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(71.9);
    expect(hours).toBeLessThanOrEqual(72);
    await rows(desk.db, `update access_link set expires_at = now() where used_at is null`);
    expect((await look(mail?.token)).body.code).toBe('bad_token');
    expect((await redeem(mail?.token)).body.code).toBe('bad_token');
  });

  it('is sent again by an administrator, which ends the earlier one', async () => {
    const { body } = await invite();
    const again = await desk.call('POST', `/api/v1/people/${body.id}/password-link`, { cookie: admin });
    expect([again.status, Object.keys(again.body)]).toEqual([202, ['expiresAt']]);
    const [first, second] = await mailsTo(desk, body.email);
    expect(second?.subject).toBe(first?.subject);
    expect((await redeem(first?.token)).body.code).toBe('bad_token');
    expect((await redeem(second?.token)).status).toBe(200);
    await desk.call('POST', `/api/v1/people/${body.id}/password-link`, { cookie: admin });
    expect((await mailsTo(desk, body.email))[2]?.subject).toBe('Новый пароль для Учебный центр');
  });

  it('survives another role, and ends when the person is disabled or given a password', async () => {
    const { body } = await invite();
    const change = (more: object) => desk.call('PATCH', `/api/v1/people/${body.id}`, { cookie: admin, body: more });
    const send = () => desk.call('POST', `/api/v1/people/${body.id}/password-link`, { cookie: admin });
    await change({ role: 'supervisor' });
    const [mail] = await mailsTo(desk, body.email);
    expect((await look(mail?.token)).status).toBe(200);
    await change({ password });
    expect((await look(mail?.token)).status).toBe(401);
    await send();
    await change({ disabled: true });
    expect((await send()).status).toBe(409);
    await change({ disabled: false });
    expect((await redeem((await mailsTo(desk, body.email))[1]?.token)).body.code).toBe('bad_token');
  });

  it('is not sent to the desk itself, where everybody would read its link', async () => {
    for (const email of ['help@desk.test', 'Help+anna@desk.test']) {
      const { status, body } = await invite({ email });
      expect([status, body.faults?.[0]?.path]).toEqual([400, 'email']);
    }
  });

  it('is not together with a password, and makes nobody twice', async () => {
    expect((await invite({ password })).status).toBe(400);
    const { body } = await invite();
    expect((await invite({ email: body.email })).status).toBe(409);
    expect(await mailsTo(desk, body.email)).toHaveLength(1);
  });

  it('cannot be sent without a mailbox, and then makes nobody', async () => {
    const set = (enabled: boolean) => rows(desk.db, `update account set enabled = $1`, [enabled]);
    await set(false);
    const { status, body } = await invite({ email: 'unmade@school.test' });
    await set(true);
    expect([status, body.code]).toEqual([409, 'no_mail_account']);
    expect(await rows(desk.db, `select 1 from person where email = 'unmade@school.test'`)).toEqual([]);
  });
});

describe('a password reset', () => {
  it('leads by a link in a mail to a new password, ends all sessions and signs nobody in', async () => {
    const before = await desk.signIn('director');
    const asked = await ask(` ${emailOf('director').toUpperCase()} `);
    expect([asked.status, asked.body]).toEqual([202, { state: 'asked' }]);
    const [mail] = await mailsTo(desk, emailOf('director'));
    expect(mail).toMatchObject({ subject: 'Новый пароль для Учебный центр', automatic: true });
    expect((await redeem(mail?.token, 'short')).body.faults).toEqual([
      { path: 'password', message: expect.any(String) },
    ]);
    const redeemed = await redeem(mail?.token);
    expect([redeemed.status, redeemed.headers.getSetCookie()]).toEqual([200, []]);
    expect((await desk.call('GET', '/api/v1/me', { cookie: before })).status).toBe(401);
    expect((await signIn(emailOf('director'), password)).status).toBe(401);
    expect((await signIn(emailOf('director'), chosen)).status).toBe(201);
  });

  it('leaves the second factor on', async () => {
    const [person] = await rows<{ id: string }>(desk.db, `select id from person where email = $1`, [
      emailOf('specialist'),
    ]);
    await rows(desk.db, `insert into totp (person_id, secret, confirmed_at) values ($1, 'x', now())`, [person?.id]);
    await ask(emailOf('specialist'));
    const [mail] = await mailsTo(desk, emailOf('specialist'));
    await redeem(mail?.token);
    expect((await signIn(emailOf('specialist'), chosen)).body.state).toBe('totp_required');
  });

  it('answers the same for an address that nobody has, for a disabled person and for the desk itself', async () => {
    await rows(
      desk.db,
      `insert into person (email, name, role, disabled_at) values ('gone@desk.test', 'x', 'director', now()),
       ('help@desk.test', 'x', 'director', null)`,
    );
    const addresses = [emailOf('supervisor'), 'nobody@desk.test', 'gone@desk.test', 'help@desk.test', 'no address'];
    const answers = await Promise.all(addresses.map((address) => ask(address)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const headers = answers.map((answer) => JSON.stringify([...answer.headers.keys()].sort()));
    expect(new Set(headers).size).toBe(1);
    const counts = await Promise.all(addresses.map(async (address) => (await mailsTo(desk, address)).length));
    expect(counts).toEqual([1, 0, 0, 0, 0]);
  });

  it('takes the same time for an address that somebody has and for one that nobody has', async () => {
    const [known, unknown]: [number[], number[]] = [[], []];
    const timed = async (email: string, into: number[]) => {
      const began = performance.now();
      await ask(email);
      into.push(performance.now() - began);
    };
    for (let round = 0; round < 20; round++) {
      // A mail leaves each time.
      await rows(desk.db, `delete from access_link`);
      await Promise.all([timed(emailOf('supervisor'), known), timed('nobody@desk.test', unknown)]);
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
    expect(await mailsTo(desk, emailOf('supervisor'))).toHaveLength(21);
    expect(Math.abs(median(known) / median(unknown) - 1)).toBeLessThan(0.05);
  });

  it('is sent three times an hour at most, however many ask', async () => {
    await Promise.all(Array.from({ length: 8 }, () => ask(emailOf('administrator'))));
    expect(await mailsTo(desk, emailOf('administrator'))).toHaveLength(3);
  });

  it('is asked for ten times at once from one network at most', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('nobody@desk.test', headers)));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });

  it('links to the configured address, whatever the request calls us', async () => {
    await rows(desk.db, `delete from access_link; delete from outbox`);
    const headers = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'http', forwarded: 'host=evil.test' };
    await ask(emailOf('supervisor'), headers);
    expect((await mailsTo(desk, emailOf('supervisor')))[0]?.text).toContain('https://desk.example/password#');
  });

  it('is refused when another site sends it', async () => {
    expect((await ask('nobody@desk.test', { origin: 'https://evil.test' })).status).toBe(403);
  });
});

describe('a password link', () => {
  it.each([
    ['', 400],
    [' ', 401],
    ['null', 401],
    [null, 400],
    [['a'], 400],
    [{ $ne: 1 }, 400],
    ['x'.repeat(201), 400],
    ['A'.repeat(43), 401],
  ])('is not %j', async (token, status) => {
    expect([(await look(token)).status, (await redeem(token)).status]).toEqual([status, status]);
  });

  it('is not a link of another sort', async () => {
    const sql = `insert into access_link (token_hash, purpose, person_id, expires_at)
      select sha256('first run token'), 'first-run', id, now() + interval '1 day' from person limit 1`;
    await rows(desk.db, sql);
    expect((await redeem('first run token')).body.code).toBe('bad_token');
  });

  it('works once, also for two who use it at the same moment', async () => {
    const { body } = await invite();
    const [mail] = await mailsTo(desk, body.email);
    const answers = await Promise.all([redeem(mail?.token), redeem(mail?.token, `${chosen} too`)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401]);
  });

  it('opens a page that changes nothing and tells nobody where it was', async () => {
    const { body } = await invite();
    const [mail] = await mailsTo(desk, body.email);
    for (const method of ['GET', 'HEAD', 'GET']) {
      const { status, headers } = await desk.call(method, '/password');
      expect([status, headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    }
    expect((await look(mail?.token)).status).toBe(200);
    const english = await desk.call('GET', '/password', { headers: { 'accept-language': 'en' } });
    expect(english.text).toMatch(/<html lang="en">[^]*Your password/);
    expect((await desk.call('GET', '/assets/password.js')).headers.get('content-type')).toMatch(/javascript/);
  });
});

describe('one’s own password', () => {
  it('is changed by who knows it, in a session that takes the place of all others', async () => {
    const { body } = await desk.call('POST', '/api/v1/people', {
      cookie: admin,
      body: { email: 'own@desk.test', name: 'x', role: 'director', password },
    });
    const cookieOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const [mine, other] = [cookieOf(await signIn(body.email, password)), cookieOf(await signIn(body.email, password))];
    const change = (cookie: string, current: string, given: string) =>
      desk.call('POST', '/api/v1/me/password', { cookie, body: { current, password: given } });
    expect((await change(mine, 'not the password', chosen)).body.code).toBe('wrong_password');
    expect((await change(mine, password, 'short')).status).toBe(400);
    const changed = await change(mine, password, chosen);
    expect([changed.status, changed.body.state]).toEqual([200, 'signed_in']);
    const works = async (cookie: string) => (await desk.call('GET', '/api/v1/me', { cookie })).status;
    expect(await Promise.all([mine, other, cookieOf(changed)].map(works))).toEqual([401, 401, 200]);
    expect((await signIn(body.email, password)).status).toBe(401);
  });

  it.each([
    ['eight888', 400],
    ['passwordpassword', 400],
    ['own2@desk.test', 400],
    ['x'.repeat(257), 400],
    ['long enough \0 words', 400],
    ['a quiet lake '.repeat(9) + '.'.repeat(11), 200],
    ['длинный пароль с 🥄 и пробелами', 200],
  ])('may not be everything: %j gives %i', async (given, status) => {
    const { body } = await desk.call('POST', '/api/v1/people', {
      cookie: admin,
      body: { email: 'own2@desk.test', name: 'x', role: 'director' },
    });
    const id =
      body.id ?? (await rows<{ id: string }>(desk.db, `select id from person where email = 'own2@desk.test'`))[0]?.id;
    await desk.call('POST', `/api/v1/people/${id}/password-link`, { cookie: admin });
    const mail = (await mailsTo(desk, 'own2@desk.test')).at(-1);
    expect((await redeem(mail?.token, given)).status).toBe(status);
  });
});
