import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { authenticatorCode } from './support/authenticator-program.js';
import { cookieOf } from './support/cookies.js';
import { aDesk, password, type TestDesk } from './support/desk.js';
import { type Somebody, somebody } from './support/somebody.js';

jest.setTimeout(60_000);
let desk: TestDesk;
let admin: string;
beforeAll(async () => {
  desk = await aDesk();
  admin = await desk.signIn('administrator');
});
afterAll(() => desk.close());

const firstStep = (email: string, given = password) =>
  desk.call('POST', '/api/v1/session', { body: { email, password: given } });
const secondStep = (challenge: string, proof: object) =>
  desk.call('POST', '/api/v1/session/second-factor', { cookie: challenge, body: proof });
const works = async (cookie: string) => (await desk.call('GET', '/api/v1/me', { cookie })).status === 200;
const post = (path: string, cookie: string, body: object) =>
  desk.call('POST', `/api/v1/me/second-factor${path}`, { cookie, body });

/** Turns the second factor on; codes are forgotten as used, so that tests need not wait half a minute. */
async function enrol({ cookie, id }: Somebody): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = (await post('', cookie, { password })).body;
  const { recoveryCodes } = (await post('/confirmation', cookie, { code: authenticatorCode(secret) })).body;
  await forgetUse(id);
  return { secret, recoveryCodes };
}
const forgetUse = (id: string) => rows(desk.db, `update totp set last_step = 0 where person_id = $1`, [id]);

describe('turning the second factor on', () => {
  it('takes the password, then a code of the program, and gives ten codes that are shown once', async () => {
    const person = await somebody(desk, admin);
    expect((await post('', person.cookie, { password: 'not the password' })).body.code).toBe('wrong_password');
    const begun = await post('', person.cookie, { password });
    expect(begun.status).toBe(201);
    expect(begun.body.url).toMatch(/^otpauth:\/\/totp\/Switchboard:somebody\d+%40desk\.test\?secret=[A-Z2-7]{32}&/);
    expect((await firstStep(person.email)).status).toBe(201);

    const wrong = authenticatorCode(begun.body.secret, 5);
    expect((await post('/confirmation', person.cookie, { code: wrong })).body.code).toBe('wrong_code');
    const code = authenticatorCode(begun.body.secret);
    const confirmed = await post('/confirmation', person.cookie, { code });
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    const state = (await desk.call('GET', '/api/v1/me/second-factor', { cookie: person.cookie })).body;
    expect(state).toEqual({ enabledAt: expect.any(String), recoveryCodesLeft: 10 });

    const kept = JSON.stringify(await rows(desk.db, `select totp::text, recovery_code::text from totp, recovery_code`));
    for (const shown of [begun.body.secret, ...confirmed.body.recoveryCodes, code]) {
      expect(kept).not.toContain(shown);
      expect(kept).not.toContain(shown.replaceAll('-', ''));
    }
    const { items } = (await desk.call('GET', '/api/v1/people?limit=200', { cookie: admin })).body;
    expect(items.find(({ id }: { id: string }) => id === person.id).secondFactor).toBe(true);
  });

  it('ends the sessions that a password alone opened, but the one that asks', async () => {
    const person = await somebody(desk, admin);
    const other = cookieOf(await firstStep(person.email), 'sb_session');
    await enrol(person);
    expect(await Promise.all([works(person.cookie), works(other)])).toEqual([true, false]);
  });

  it('is refused while it is on, without a secret, and with one that waited too long', async () => {
    const person = await somebody(desk, admin);
    expect((await post('/confirmation', person.cookie, { code: '123456' })).status).toBe(409);
    const { secret } = (await post('', person.cookie, { password })).body;
    await rows(desk.db, `update totp set created_at = now() - interval '16 minutes' where person_id = $1`, [person.id]);
    expect((await post('/confirmation', person.cookie, { code: authenticatorCode(secret) })).status).toBe(409);
    await enrol(person);
    expect((await post('', person.cookie, { password })).status).toBe(409);
  });
});

describe('signing in with a second factor', () => {
  let person: Somebody;
  let secret: string;
  let recoveryCodes: string[];
  beforeAll(async () => {
    person = await somebody(desk, admin);
    ({ secret, recoveryCodes } = await enrol(person));
  });
  beforeEach(() =>
    rows(desk.db, `update totp set last_step = 0, failures = 0, retry_at = null where person_id = $1`, [person.id]),
  );
  const challenge = async (): Promise<string> => cookieOf(await firstStep(person.email), 'sb_second_factor');

  it('has two steps, and only the second opens a session', async () => {
    const first = await firstStep(person.email);
    expect([first.status, first.body]).toEqual([202, { state: 'totp_required', expiresAt: expect.any(String) }]);
    expect(cookieOf(first, 'sb_session')).toBe('');
    expect(first.headers.getSetCookie()[0]).toMatch(
      /^sb_second_factor=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
    const asked = cookieOf(first, 'sb_second_factor');
    const second = await secondStep(asked, { code: authenticatorCode(secret) });
    expect([second.status, second.body.state, second.body.email]).toEqual([201, 'signed_in', person.email]);
    expect(await works(cookieOf(second, 'sb_session'))).toBe(true);
    expect(cookieOf(second, 'sb_second_factor')).toBe('sb_second_factor=');
    expect((await secondStep(asked, { code: authenticatorCode(secret, 1) })).body.code).toBe('sign_in_over');
  });

  it('says the same of a wrong password as for anybody', async () => {
    const [theirs, nobodys] = [await firstStep(person.email, 'wrong'), await firstStep('nobody@desk.test', 'wrong')];
    expect(theirs.text).toBe(nobodys.text);
    expect(theirs.headers.getSetCookie()).toEqual([]);
  });

  it('lets nobody skip a step', async () => {
    const asked = await challenge();
    const token = asked.slice(asked.indexOf('=') + 1);
    for (const cookie of [asked, `sb_session=${token}`, `sb_second_factor=`, 'sb_second_factor=forged']) {
      expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
    }
    for (const cookie of ['', 'sb_second_factor=forged', person.cookie.replace('sb_session', 'sb_second_factor')]) {
      expect((await secondStep(cookie, { code: authenticatorCode(secret) })).body.code).toBe('sign_in_over');
    }
  });

  it('takes a code once, and none that is older than one that was used', async () => {
    const code = authenticatorCode(secret);
    expect((await secondStep(await challenge(), { code })).status).toBe(201);
    expect((await secondStep(await challenge(), { code })).body.code).toBe('wrong_code');
    const before = authenticatorCode(secret, -1);
    expect((await secondStep(await challenge(), { code: before })).body.code).toBe('wrong_code');
    const old = authenticatorCode(secret, -3);
    expect((await secondStep(await challenge(), { code: old })).body.code).toBe('wrong_code');
  });

  it('takes a code once, also when it comes many times at the same moment', async () => {
    const asked = await Promise.all([1, 2, 3, 4].map(challenge));
    const code = authenticatorCode(secret);
    const answers = await Promise.all(asked.map((cookie) => secondStep(cookie, { code })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('keeps the first step when a code was mistyped', async () => {
    const asked = await challenge();
    expect((await secondStep(asked, { code: '000000' })).body.code).toBe('wrong_code');
    expect((await secondStep(asked, { code: authenticatorCode(secret) })).status).toBe(201);
  });

  it('slows guesses, over all challenges and also with recovery codes, for a while', async () => {
    const codes: string[] = [];
    for (let guess = 0; guess < 6; guess++) {
      const proof = guess % 2 ? { code: `00000${guess}` } : { recoveryCode: `aaaa-aaaa-aaa${'abcdef'[guess]}` };
      codes.push((await secondStep(await challenge(), proof)).body.code);
    }
    expect(codes).toEqual([...Array(5).fill('wrong_code'), 'too_many_requests']);
    expect((await secondStep(await challenge(), { code: authenticatorCode(secret) })).status).toBe(429);
    await rows(desk.db, `update totp set retry_at = now() where person_id = $1`, [person.id]);
    expect((await secondStep(await challenge(), { code: authenticatorCode(secret) })).status).toBe(201);
  });

  it('counts guesses that come all at once', async () => {
    const asked = await Promise.all(Array.from({ length: 12 }, challenge));
    const answers = await Promise.all(asked.map((cookie, n) => secondStep(cookie, { code: String(100_000 + n) })));
    expect(answers.filter(({ body }) => body.code === 'wrong_code').length).toBeLessThanOrEqual(5);
  });

  it('gives one challenge ten tries', async () => {
    const asked = await challenge();
    await rows(desk.db, `update sign_in_challenge set tries = 10 where person_id = $1`, [person.id]);
    expect((await secondStep(asked, { code: authenticatorCode(secret) })).body.code).toBe('sign_in_over');
  });

  it('is over after five minutes', async () => {
    const asked = await challenge();
    await rows(desk.db, `update sign_in_challenge set expires_at = now() where person_id = $1`, [person.id]);
    expect((await secondStep(asked, { code: authenticatorCode(secret) })).body.code).toBe('sign_in_over');
  });

  it('takes a recovery code once, however it is written', async () => {
    const [code = '', other = ''] = recoveryCodes;
    expect((await secondStep(await challenge(), { recoveryCode: code })).status).toBe(201);
    expect((await secondStep(await challenge(), { recoveryCode: code })).body.code).toBe('wrong_code');
    const written = other.toUpperCase().replaceAll('-', ' ');
    expect((await secondStep(await challenge(), { recoveryCode: written })).status).toBe(201);
    const state = (await desk.call('GET', '/api/v1/me/second-factor', { cookie: person.cookie })).body;
    expect(state.recoveryCodesLeft).toBe(8);
  });

  it.each([{}, { code: 123456 }, { code: '1', recoveryCode: 'x' }, { code: ['1'] }, { code: { $ne: 1 } }])(
    'refuses the answer %j',
    async (proof) => expect((await secondStep(await challenge(), proof)).status).toBe(400),
  );

  it('is not sent by another site', async () => {
    const answer = await desk.call('POST', '/api/v1/session/second-factor', {
      cookie: await challenge(),
      body: { code: authenticatorCode(secret) },
      headers: { origin: 'https://evil.test' },
    });
    expect(answer.status).toBe(403);
  });

  it('ends for whoever was disabled or got another password between the steps', async () => {
    const another = await somebody(desk, admin);
    const theirs = await enrol(another);
    const asked = async () => cookieOf(await firstStep(another.email), 'sb_second_factor');
    const change = (body: object) => desk.call('PATCH', `/api/v1/people/${another.id}`, { cookie: admin, body });
    const stale = await asked();
    await change({ password });
    expect((await secondStep(stale, { code: authenticatorCode(theirs.secret) })).body.code).toBe('sign_in_over');
    const disabled = await asked();
    await change({ disabled: true });
    expect((await secondStep(disabled, { code: authenticatorCode(theirs.secret) })).body.code).toBe('sign_in_over');
  });
});

describe('recovery codes', () => {
  it('are made anew by a code of the program, which ends the old ones', async () => {
    const person = await somebody(desk, admin);
    const { secret, recoveryCodes } = await enrol(person);
    expect((await post('/recovery-codes', person.cookie, { code: '000000' })).body.code).toBe('wrong_code');
    const fresh = (await post('/recovery-codes', person.cookie, { code: authenticatorCode(secret) })).body;
    expect(fresh.recoveryCodes).toHaveLength(10);
    const challenge = cookieOf(await firstStep(person.email), 'sb_second_factor');
    expect((await secondStep(challenge, { recoveryCode: recoveryCodes[0] })).body.code).toBe('wrong_code');
    expect((await secondStep(challenge, { recoveryCode: fresh.recoveryCodes[0] })).status).toBe(201);
  });
});

describe('turning the second factor off', () => {
  it('takes the password and a code', async () => {
    const person = await somebody(desk, admin);
    const { secret } = await enrol(person);
    const turnOff = (given: string, proof: object) => post('/removal', person.cookie, { password: given, proof });
    const code = authenticatorCode(secret);
    expect((await turnOff('wrong password', { code })).body.code).toBe('wrong_password');
    expect((await turnOff(password, { code: '000000' })).body.code).toBe('wrong_code');
    expect((await desk.call('DELETE', '/api/v1/me/second-factor', { cookie: person.cookie })).status).toBe(405);
    expect((await turnOff(password, { code })).status).toBe(204);
    expect(cookieOf(await firstStep(person.email), 'sb_session')).not.toBe('');
    expect(await rows(desk.db, `select 1 from recovery_code where person_id = $1`, [person.id])).toEqual([]);
    expect((await turnOff(password, { code: authenticatorCode(secret, 1) })).status).toBe(409);
  });

  it('is an administrator’s act for somebody else, whose sessions end', async () => {
    const person = await somebody(desk, admin);
    await enrol(person);
    const takeOff = (cookie: string, id: string) =>
      desk.call('DELETE', `/api/v1/people/${id}/second-factor`, { cookie });
    expect((await takeOff(await desk.signIn('supervisor'), person.id)).status).toBe(403);
    expect((await takeOff(admin, person.id)).status).toBe(204);
    expect(await works(person.cookie)).toBe(false);
    expect((await firstStep(person.email)).status).toBe(201);
    expect((await takeOff(admin, person.id)).status).toBe(404);
    const { id } = (await desk.call('GET', '/api/v1/me', { cookie: admin })).body;
    expect((await takeOff(admin, id)).status).toBe(403);
  });
});
