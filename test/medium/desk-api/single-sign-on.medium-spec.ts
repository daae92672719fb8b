import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { freePort } from '../../support/free-port.js';
import { CookieJar } from './support/cookie-jar.js';
import { cookieOf } from './support/cookies.js';
import { aDesk, emailOf, type TestDesk } from './support/desk.js';
import { anIdentityProvider, type IdentityProvider } from './support/identity-provider.mjs';
import { aLyingProvider } from './support/lying-provider.js';

jest.setTimeout(60_000);
const clientId = 'desk';
const clientSecret = 'a secret of the desk at the provider';
const people = {
  'sub-anna': { email: 'Supervisor@Desk.test', email_verified: true, name: 'Анна' },
  'sub-anna-2': { email: emailOf('supervisor'), email_verified: true, name: 'Анна вторая' },
  'sub-unverified': { email: emailOf('director'), email_verified: false },
  'sub-silent': { email: emailOf('director') },
  'sub-no-mail': { name: 'Никто' },
  'sub-stranger': { email: 'stranger@school.test', email_verified: true },
  'sub-new': { email: 'new@corp.test', email_verified: true, name: '<b>Новый</b>' },
  'sub-boris': { email: emailOf('specialist'), email_verified: true },
  'sub-gone': { email: 'gone@desk.test', email_verified: true },
  'sub-moved': { email: 'moved@desk.test', email_verified: true } as Record<string, unknown>,
};

let desk: TestDesk;
let url: string;
let honest: IdentityProvider;
let liar: Awaited<ReturnType<typeof aLyingProvider>>;
beforeAll(async () => {
  const port = String(await freePort());
  url = `http://127.0.0.1:${port}`;
  const redirectUri = `${url}/api/v1/single-sign-on/corp/callback`;
  honest = await anIdentityProvider({ clientId, clientSecret, redirectUri, people });
  liar = await aLyingProvider(clientId);
  const corp = { key: 'corp', title: 'Корпоративный вход', issuer: honest.issuer, clientId, clientSecret };
  const providers = [
    { ...corp, newPeople: { role: 'specialist', domains: ['corp.test'] } },
    { key: 'liar', title: 'Чужой', issuer: liar.issuer, clientId },
    { key: 'away', title: 'Выключен', issuer: `http://127.0.0.1:${await freePort()}`, clientId },
  ];
  const SIGN_IN_PROVIDERS = JSON.stringify(providers);
  // The loopback is a proxy here, so that tests can come from many networks.
  desk = await aDesk({ PORT: port, PUBLIC_URL: url, TRUST_PROXY: 'loopback', SIGN_IN_PROVIDERS });
});
afterAll(async () => {
  await desk.close();
  await honest.close();
  await liar.close();
});

const isPage = (at: string): boolean => at.startsWith(url) && !at.includes('/callback');
let networks = 0;
const leave = (key: string, body: object = {}, more = {}) => {
  const headers = { 'x-forwarded-for': `10.2.0.${++networks}`, ...more };
  return desk.call('POST', `/api/v1/single-sign-on/${key}`, { body, headers });
};

/** Goes to the provider as somebody and comes back; where the browser ends, and what it then holds. */
async function signInAs(who: string | undefined, back?: string) {
  honest.signIn(who);
  const jar = new CookieJar();
  const left = await leave('corp', back === undefined ? {} : { back });
  jar.keep(url, left.headers);
  const end = await jar.follow(left.body.url, isPage);
  return { end: end.slice(url.length), cookie: jar.of(url), jar };
}

const me = async (cookie: string) => (await desk.call('GET', '/api/v1/me', { cookie })).body;

describe('single sign-on', () => {
  it('is offered by what the environment declares, and tells no secret', async () => {
    const { body, text } = await desk.call('GET', '/api/v1/session/methods');
    expect(body.providers).toEqual([
      { key: 'corp', title: 'Корпоративный вход' },
      { key: 'liar', title: 'Чужой' },
      { key: 'away', title: 'Выключен' },
    ]);
    expect(text).not.toContain(clientSecret);
  });

  it('brings in whom an administrator added, found by their verified address', async () => {
    const { end, cookie } = await signInAs('sub-anna', '/tickets?state=open');
    expect(end).toBe('/tickets?state=open');
    expect(await me(cookie)).toMatchObject({ email: emailOf('supervisor'), role: 'supervisor' });
    const admin = await desk.signIn('administrator');
    const { items } = (await desk.call('GET', '/api/v1/people', { cookie: admin })).body;
    const anna = items.find(({ email }: { email: string }) => email === emailOf('supervisor'));
    expect(anna.providers).toEqual(['corp']);
  });

  it('asks with code, PKCE, state and nonce, each fresh', async () => {
    const asked = await Promise.all([leave('corp'), leave('corp')]);
    const [one, two] = asked.map(({ body }) => Object.fromEntries(new URL(body.url).searchParams));
    expect(one).toMatchObject({
      response_type: 'code',
      client_id: clientId,
      scope: 'openid email profile',
      redirect_uri: `${url}/api/v1/single-sign-on/corp/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one?.[name]?.length).toBeGreaterThanOrEqual(43);
      expect(one?.[name]).not.toBe(two?.[name]);
    }
    expect(cookieOf(asked[0], 'sb_single_sign_on')).toMatch(/^sb_single_sign_on=[\w-]{43}$/);
    const kept = await rows<{ kept: string }>(desk.db, `select sign_in_challenge::text as kept from sign_in_challenge`);
    expect(JSON.stringify(kept)).not.toContain(one?.state);
  });

  it('knows a person by the subject, whatever their address is later', async () => {
    await desk.call('POST', '/api/v1/people', {
      cookie: await desk.signIn('administrator'),
      body: { email: 'moved@desk.test', name: 'x', role: 'specialist' },
    });
    const first = await me((await signInAs('sub-moved')).cookie);
    people['sub-moved'] = { email: 'else@desk.test', email_verified: false };
    expect(await me((await signInAs('sub-moved')).cookie)).toEqual(first);
  });

  it.each([
    ['whose address is not verified', 'sub-unverified'],
    ['whose provider says nothing of it', 'sub-silent'],
    ['without an address', 'sub-no-mail'],
    ['whom nobody added', 'sub-stranger'],
    ['who has the address of somebody linked already', 'sub-anna-2'],
  ])('keeps out somebody %s', async (_, who) => {
    await signInAs('sub-anna');
    const { end, cookie } = await signInAs(who);
    expect(end).toBe('/sign-in?problem=not_invited');
    expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });

  it('keeps out who was disabled, linked or not', async () => {
    await rows(desk.db, `insert into person (email, name, role) values ('gone@desk.test', 'x', 'director')`);
    const disable = (at: string) =>
      rows(desk.db, `update person set disabled_at = ${at} where email = 'gone@desk.test'`);
    await disable('now()');
    expect((await signInAs('sub-gone')).end).toBe('/sign-in?problem=not_invited');
    await disable('null');
    expect((await signInAs('sub-gone')).end).toBe('/');
    await disable('now()');
    expect((await signInAs('sub-gone')).end).toBe('/sign-in?problem=not_invited');
  });

  it('adds somebody only by the rule of the provider, with its role', async () => {
    const { cookie } = await signInAs('sub-new');
    expect(await me(cookie)).toMatchObject({ email: 'new@corp.test', name: '<b>Новый</b>', role: 'specialist' });
    const [kept] = await rows<{ hash: string | null }>(
      desk.db,
      `select password_hash as hash from person where email = 'new@corp.test'`,
    );
    expect(kept?.hash).toBeNull();
    expect(
      (await desk.call('POST', '/api/v1/session', { body: { email: 'new@corp.test', password: '' } })).status,
    ).toBe(400);
  });

  it('asks for the second factor of the desk where the provider asked for none', async () => {
    const [person] = await rows<{ id: string }>(desk.db, `select id from person where role = 'specialist' limit 1`);
    await rows(desk.db, `insert into totp (person_id, secret, confirmed_at) values ($1, 'x', now())`, [person?.id]);
    const { end, cookie } = await signInAs('sub-boris', '/tickets');
    expect(end).toBe('/sign-in?step=second-factor&back=%2Ftickets');
    expect(cookie).toMatch(/sb_second_factor=/);
    expect(cookie).not.toMatch(/sb_session=/);
  });

  it('says so when somebody cancels', async () => {
    expect((await signInAs(undefined)).end).toBe('/sign-in?problem=provider_refused');
  });

  it('says so when the provider does not answer, or is not there', async () => {
    expect([(await leave('away')).body.code, (await leave('nobody')).body.code]).toEqual([
      'provider_unavailable',
      'not_found',
    ]);
  });

  it.each(['//evil.example', '/\\evil.example', 'https:evil.example', 'https://evil.example/', '/a\nb'])(
    'goes on to no other site: %j',
    async (back) => expect((await signInAs('sub-anna', back)).end).toBe('/'),
  );

  it('is not begun by another site', async () => {
    expect((await leave('corp', {}, { origin: 'https://evil.test' })).status).toBe(403);
  });

  it('is taken off by an administrator, whose act ends the sessions', async () => {
    const { cookie } = await signInAs('sub-anna');
    const { id } = await me(cookie);
    const admin = await desk.signIn('administrator');
    const unlink = () => desk.call('DELETE', `/api/v1/people/${id}/providers`, { cookie: admin });
    expect((await unlink()).status).toBe(204);
    expect((await desk.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
    expect((await unlink()).status).toBe(404);
    expect((await signInAs('sub-anna-2')).end).toBe('/');
    await unlink();
  });
});

describe('coming back', () => {
  const callback = async (query: string, cookie: string, key = 'corp') => {
    const { status, headers } = await desk.call('GET', `/api/v1/single-sign-on/${key}/callback${query}`, { cookie });
    return { status, to: headers.get('location'), referrer: headers.get('referrer-policy'), headers };
  };

  /** As far as the address at which the desk is called back. */
  const halfWay = async () => {
    honest.signIn('sub-anna');
    const jar = new CookieJar();
    const left = await leave('corp');
    jar.keep(url, left.headers);
    const back = await jar.follow(left.body.url, (at) => at.includes('/callback'));
    return { query: new URL(back).search, cookie: jar.of(url) };
  };

  it('works once, only in the browser that left, and only at its provider', async () => {
    const { query, cookie } = await halfWay();
    for (const stranger of ['', 'sb_single_sign_on=forged']) {
      expect(await callback(query, stranger)).toMatchObject({ status: 303, to: '/sign-in?problem=sign_in_over' });
    }
    const done = await callback(query, cookie);
    expect(done).toMatchObject({ status: 303, to: '/', referrer: 'no-referrer' });
    expect((await callback(query, cookie)).to).toBe('/sign-in?problem=sign_in_over');
    const other = await halfWay();
    expect((await callback(other.query, other.cookie, 'liar')).to).toBe('/sign-in?problem=sign_in_over');
    expect((await callback(other.query, other.cookie)).to).toBe('/sign-in?problem=sign_in_over');
  });

  it.each<[string, (query: string) => string]>([
    ['another state', (query) => query.replace(/state=[^&]+/, 'state=forged')],
    ['no state', (query) => query.replace(/&?state=[^&]+/, '')],
    ['another code', (query) => query.replace(/code=[^&]+/, 'code=forged')],
    ['no code', (query) => query.replace(/code=[^&]+&?/, '')],
    ['two codes', (query) => `${query}&code=other`],
    ['another issuer', (query) => query.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example')],
    ['an error of somebody’s making', () => '?error=%3Cscript%3E&error_description=%3Cb%3E'],
    ['nothing', () => ''],
  ])('is refused with %s', async (_, change) => {
    const { query, cookie } = await halfWay();
    const { to, headers } = await callback(change(query), cookie);
    expect(to).toBe('/sign-in?problem=provider_refused');
    expect(
      headers.getSetCookie().filter((set) => set.startsWith('sb_session=') && !set.startsWith('sb_session=;')),
    ).toEqual([]);
  });

  it('is over after five minutes', async () => {
    const { query, cookie } = await halfWay();
    await rows(desk.db, `update sign_in_challenge set expires_at = now()`);
    expect((await callback(query, cookie)).to).toBe('/sign-in?problem=sign_in_over');
  });

  const seconds = Math.floor(Date.now() / 1000);
  it.each<[string, Parameters<typeof liar.lie>[0]]>([
    ['a nonce of another sign-in', { claims: { nonce: 'other' } }],
    ['no nonce', { claims: { nonce: undefined } }],
    ['a token for another client', { claims: { aud: 'other' } }],
    ['a token of another issuer', { claims: { iss: 'https://id.example' } }],
    ['a token that is over', { claims: { iat: seconds - 3600, exp: seconds - 1800 } }],
    ['a token without a subject', { claims: { sub: undefined } }],
    ['a token without a signature', { signature: 'none' }],
    ['a token signed by somebody else', { signature: 'other' }],
  ])('is refused with %s', async (_, lie) => {
    const left = await leave('liar');
    const { searchParams } = new URL(left.body.url);
    liar.learn(searchParams.get('nonce') ?? '');
    liar.lie(lie);
    const cookie = cookieOf(left, 'sb_single_sign_on');
    const { to } = await callback(`?code=x&state=${searchParams.get('state')}`, cookie, 'liar');
    expect(to).toBe('/sign-in?problem=provider_refused');
  });

  /** Comes back from the provider that says what the test wants. */
  const vouchedFor = async (claims: Record<string, unknown>) => {
    const left = await leave('liar');
    const { searchParams } = new URL(left.body.url);
    liar.learn(searchParams.get('nonce') ?? '');
    liar.lie({ claims });
    const cookie = cookieOf(left, 'sb_single_sign_on');
    return (await callback(`?code=x&state=${searchParams.get('state')}`, cookie, 'liar')).to;
  };

  it('is taken from the same provider when it tells the truth', async () => {
    expect(await vouchedFor({})).toBe('/');
  });

  it('asks for no second factor where the provider says that it did', async () => {
    const sql = `insert into totp (person_id, secret, confirmed_at)
      select id, 'x', now() from person where email = 'administrator@desk.test'`;
    await rows(desk.db, sql);
    expect(await vouchedFor({ amr: ['pwd'] })).toMatch(/^\/sign-in\?step=second-factor/);
    expect(await vouchedFor({ amr: 'mfa' })).toMatch(/^\/sign-in\?step=second-factor/);
    expect(await vouchedFor({ amr: ['pwd', 'mfa'] })).toBe('/');
  });
});
