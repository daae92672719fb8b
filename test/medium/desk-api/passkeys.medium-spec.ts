import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { cookieOf } from './support/cookies.js';
import { type Answer, aDesk, password, type TestDesk } from './support/desk.js';
import { type Somebody, somebody } from './support/somebody.js';
import { type Lies, SoftwareAuthenticator } from './support/software-authenticator.js';

jest.setTimeout(60_000);
const origin = 'https://desk.example';
const rpId = 'desk.example';
const challengeCookie = '__Host-sb_passkey';
const sessionCookie = '__Host-sb_session';
let desk: TestDesk;
let admin: string;
beforeAll(async () => {
  desk = await aDesk({ PUBLIC_URL: origin, DESK_NAME: 'Учебный центр' });
  admin = await desk.signIn('administrator');
});
afterAll(() => desk.close());

const anAuthenticator = () => new SoftwareAuthenticator(origin, rpId);
const begin = (cookie: string, body: object = { password }) =>
  desk.call('POST', '/api/v1/me/passkeys/options', { cookie, body });
const finish = (cookie: string, body: object) => desk.call('POST', '/api/v1/me/passkeys', { cookie, body });

async function register({ cookie }: Somebody, device = anAuthenticator(), lies: Lies = {}, more = {}): Promise<Answer> {
  const asked = await begin(cookie);
  const both = `${cookie}; ${cookieOf(asked, challengeCookie)}`;
  return finish(both, { credential: device.create(asked.body, lies), ...more });
}

const ask = () => desk.call('POST', '/api/v1/session/passkey/options', { body: {} });
const show = (cookie: string, credential: object) =>
  desk.call('POST', '/api/v1/session/passkey', { cookie, body: { credential } });

async function signIn(device: SoftwareAuthenticator, lies: Lies = {}): Promise<Answer> {
  const asked = await ask();
  return show(cookieOf(asked, challengeCookie), device.get(asked.body, lies));
}

const list = async (cookie: string) => (await desk.call('GET', '/api/v1/me/passkeys', { cookie })).body.items;

describe('a passkey', () => {
  it('is asked for as one that needs no address and is two factors in one', async () => {
    const person = await somebody(desk, admin, sessionCookie);
    const { body } = await begin(person.cookie);
    expect(body).toMatchObject({
      rp: { id: rpId, name: 'Учебный центр' },
      user: { name: person.email, displayName: 'Вера' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      excludeCredentials: [],
    });
    // The handle is the same each time and tells nothing.
    expect((await begin(person.cookie)).body.user.id).toBe(body.user.id);
    expect(Buffer.from(body.user.id, 'base64url').toString()).not.toContain(person.email);
    const asked = (await ask()).body;
    expect(asked).toMatchObject({ rpId, userVerification: 'required' });
    expect(asked.allowCredentials ?? []).toEqual([]);
  });

  it('is added, listed, renamed, used and removed by its owner', async () => {
    const [person, stranger] = [await somebody(desk, admin, sessionCookie), await somebody(desk, admin, sessionCookie)];
    const device = anAuthenticator();
    const added = await register(person, device, {}, { name: 'Рабочий\nноутбук' });
    expect([added.status, added.body]).toEqual([
      201,
      {
        id: expect.any(String),
        name: 'Рабочий ноутбук',
        synced: false,
        createdAt: expect.any(String),
        lastUsedAt: null,
      },
    ]);
    const { id } = added.body;
    expect((await begin(person.cookie)).body.excludeCredentials).toEqual([
      { id: device.id.toString('base64url'), type: 'public-key', transports: ['internal'] },
    ]);

    const signedIn = await signIn(device);
    expect([signedIn.status, signedIn.body]).toEqual([
      201,
      expect.objectContaining({ state: 'signed_in', email: person.email }),
    ]);
    const session = cookieOf(signedIn, sessionCookie);
    expect((await desk.call('GET', '/api/v1/me', { cookie: session })).body.id).toBe(person.id);
    expect((await list(session))[0].lastUsedAt).not.toBeNull();

    const rename = (cookie: string) =>
      desk.call('PATCH', `/api/v1/me/passkeys/${id}`, { cookie, body: { name: '<b>Домашний</b>' } });
    expect((await rename(stranger.cookie)).status).toBe(404);
    expect((await rename(person.cookie)).body.name).toBe('<b>Домашний</b>');
    const remove = (cookie: string) => desk.call('DELETE', `/api/v1/me/passkeys/${id}`, { cookie });
    expect((await remove(stranger.cookie)).status).toBe(404);
    expect((await remove(person.cookie)).status).toBe(204);
    expect(await list(person.cookie)).toEqual([]);
    expect((await signIn(device)).body.code).toBe('passkey_refused');
  });

  it('is called by the device where nobody names it', async () => {
    const person = await somebody(desk, admin, sessionCookie);
    expect((await register(person)).body.name).toBe('программа');
  });

  it('is enough where a second factor is on', async () => {
    const person = await somebody(desk, admin, sessionCookie);
    const device = anAuthenticator();
    await register(person, device);
    await rows(desk.db, `insert into totp (person_id, secret, confirmed_at) values ($1, 'x', now())`, [person.id]);
    expect((await desk.call('POST', '/api/v1/session', { body: { email: person.email, password } })).status).toBe(202);
    expect((await signIn(device)).body.state).toBe('signed_in');
  });
});

describe('adding a passkey', () => {
  it('takes the password', async () => {
    const { cookie } = await somebody(desk, admin, sessionCookie);
    expect((await begin(cookie, {})).body.code).toBe('wrong_password');
    expect((await begin(cookie, { password: 'not the password' })).body.code).toBe('wrong_password');
  });

  it('takes a fresh sign-in from who has no password', async () => {
    const { id, cookie } = await somebody(desk, admin, sessionCookie);
    await rows(desk.db, `update person set password_hash = null where id = $1`, [id]);
    expect((await begin(cookie, {})).status).toBe(200);
    await rows(desk.db, `update session set created_at = now() - interval '11 minutes' where person_id = $1`, [id]);
    expect((await begin(cookie, {})).body.code).toBe('sign_in_again');
  });

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['a subdomain', { origin: 'https://a.desk.example' }],
    ['no TLS', { origin: 'http://desk.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a person who was not verified', { flags: 0x41 }],
    ['nobody present', { flags: 0x40 }],
    ['another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['the wrong ceremony', { type: 'webauthn.get' }],
  ])('is refused with %s', async (_, lies) => {
    const person = await somebody(desk, admin, sessionCookie);
    expect((await register(person, anAuthenticator(), lies)).body.code).toBe('passkey_refused');
    expect(await list(person.cookie)).toEqual([]);
  });

  it('is done once, by who was asked, in time, with a passkey that nobody has', async () => {
    const [person, other] = [await somebody(desk, admin, sessionCookie), await somebody(desk, admin, sessionCookie)];
    const device = anAuthenticator();
    const asked = await begin(person.cookie);
    const challenge = cookieOf(asked, challengeCookie);
    const body = { credential: device.create(asked.body) };
    expect((await finish(`${other.cookie}; ${challenge}`, body)).status).toBe(409);
    expect((await finish(`${person.cookie}; ${challenge}`, body)).status).toBe(409);
    expect((await finish(person.cookie, body)).status).toBe(409);
    expect((await register(person, device)).status).toBe(201);
    expect((await register(other, device)).body.code).toBe('passkey_refused');

    const late = await begin(person.cookie);
    await rows(desk.db, `update sign_in_challenge set expires_at = now()`);
    const cookie = `${person.cookie}; ${cookieOf(late, challengeCookie)}`;
    expect((await finish(cookie, { credential: anAuthenticator().create(late.body) })).status).toBe(409);
  });

  it('has an end', async () => {
    const person = await somebody(desk, admin, sessionCookie);
    const sql = `insert into passkey (person_id, credential_id, public_key, counter, transports, synced, name)
      select $1::bigint, sha256(convert_to('n' || n, 'UTF8')), '', 0, '{}', false, 'x' from generate_series(1, 20) n`;
    await rows(desk.db, sql, [person.id]);
    expect((await begin(person.cookie)).status).toBe(409);
  });
});

describe('signing in by a passkey', () => {
  let person: Somebody;
  let device: SoftwareAuthenticator;
  beforeAll(async () => {
    person = await somebody(desk, admin, sessionCookie);
    device = anAuthenticator();
    await register(person, device);
  });

  it.each<[string, Lies]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['a person who was not verified', { flags: 0x01 }],
    ['nobody present', { flags: 0x04 }],
    ['another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['the wrong ceremony', { type: 'webauthn.create' }],
    ['the handle of somebody else', { userHandle: randomBytes(32).toString('base64url') }],
  ])('is refused with %s', async (_, lies) => expect((await signIn(device, lies)).body.code).toBe('passkey_refused'));

  it('is refused with a signature of another key', async () => {
    const asked = await ask();
    const forged = anAuthenticator().get(asked.body);
    const id = device.id.toString('base64url');
    const credential = { ...forged, id, rawId: id, response: { ...forged.response, userHandle: undefined } };
    expect((await show(cookieOf(asked, challengeCookie), credential)).body.code).toBe('passkey_refused');
  });

  it('takes an assertion once', async () => {
    const asked = await ask();
    const cookie = cookieOf(asked, challengeCookie);
    const credential = device.get(asked.body);
    const both = await Promise.all([show(cookie, credential), show(cookie, credential)]);
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 401]);
    expect((await show(cookie, credential)).body.code).toBe('sign_in_over');
    const other = cookieOf(await ask(), challengeCookie);
    expect((await show(other, credential)).body.code).toBe('passkey_refused');
    expect((await show('', credential)).body.code).toBe('sign_in_over');
  });

  it('refuses a copy, which counts backwards', async () => {
    expect((await signIn(device, { counter: 1000 })).status).toBe(201);
    expect((await signIn(device, { counter: 1000 })).body.code).toBe('passkey_refused');
    expect((await signIn(device, { counter: 7 })).body.code).toBe('passkey_refused');
    expect((await signIn(device, { counter: 0 })).body.code).toBe('passkey_refused');
    expect((await signIn(device, { counter: 1001 })).status).toBe(201);
  });

  it('takes passkeys that do not count at all', async () => {
    const synced = anAuthenticator();
    await register(person, synced, { counter: 0 });
    expect((await signIn(synced, { counter: 0 })).status).toBe(201);
    expect((await signIn(synced, { counter: 0 })).status).toBe(201);
  });

  it('is not for who was disabled', async () => {
    const gone = await somebody(desk, admin, sessionCookie);
    const theirs = anAuthenticator();
    await register(gone, theirs);
    await desk.call('PATCH', `/api/v1/people/${gone.id}`, { cookie: admin, body: { disabled: true } });
    expect((await signIn(theirs)).body.code).toBe('passkey_refused');
  });

  it('is not sent by another site', async () => {
    const headers = { origin: 'https://evil.test' };
    const asked = await desk.call('POST', '/api/v1/session/passkey/options', { body: {}, headers });
    expect(asked.status).toBe(403);
  });

  it.each([
    [{}],
    [{ credential: null }],
    [{ credential: { id: 'a', rawId: 'a', type: 'public-key', response: {} } }],
    [{ credential: { id: 'a=', rawId: 'a=', type: 'public-key', response: {} } }],
  ])('refuses the body %j', async (body) =>
    expect((await desk.call('POST', '/api/v1/session/passkey', { body })).status).toBe(400),
  );

  it('answers garbage of the right shape with a refusal', async () => {
    const asked = await ask();
    const { response, ...credential } = device.get(asked.body);
    for (const part of ['clientDataJSON', 'authenticatorData', 'signature'] as const) {
      const again = await ask();
      const damaged = { ...credential, response: { ...response, [part]: 'AAAA' } };
      expect((await show(cookieOf(again, challengeCookie), damaged)).body.code).toBe('passkey_refused');
    }
  });
});

describe('the last way in', () => {
  it('is not removed by its owner, but by an administrator', async () => {
    const person = await somebody(desk, admin, sessionCookie);
    const device = anAuthenticator();
    const { id } = (await register(person, device)).body;
    await rows(desk.db, `update person set password_hash = null where id = $1`, [person.id]);
    const own = await desk.call('DELETE', `/api/v1/me/passkeys/${id}`, { cookie: person.cookie });
    expect([own.status, (await list(person.cookie)).length]).toEqual([409, 1]);
    const { items } = (await desk.call('GET', '/api/v1/people?limit=200', { cookie: admin })).body;
    expect(items.find((one: Somebody) => one.id === person.id)).toMatchObject({ passkeys: 1, hasPassword: false });

    const path = `/api/v1/people/${person.id}/passkeys`;
    expect((await desk.call('DELETE', path, { cookie: await desk.signIn('supervisor') })).status).toBe(403);
    expect((await desk.call('DELETE', path, { cookie: admin })).status).toBe(204);
    expect((await desk.call('GET', '/api/v1/me', { cookie: person.cookie })).status).toBe(401);
    expect((await signIn(device)).body.code).toBe('passkey_refused');
    expect((await desk.call('DELETE', path, { cookie: admin })).status).toBe(404);
  });
});

describe('the ways to sign in', () => {
  it('are told to the page', async () => {
    const { body } = await desk.call('GET', '/api/v1/session/methods');
    expect(body).toEqual({ passwordReset: false, passkeys: { origin }, providers: [] });
  });
});
