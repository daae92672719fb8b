import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import {
  AccessModule,
  AccessService,
  AccessSweep,
  ApiKeysService,
  PeopleService,
  SessionsService,
  type SignedIn,
  SignInService,
} from '#libs/access';
import { DatabaseModule, rows } from '#libs/database';
import { commonConfig, loadConfig, PlatformModule } from '#libs/platform';
import { aDatabase, type TestDatabase } from '../../support/database.js';

jest.setTimeout(30_000);
let desk: TestDatabase;
let access: AccessService;
let keys: ApiKeysService;
let people: PeopleService;
let sessions: SessionsService;
let sweep: AccessSweep;
let signInService: SignInService;

const signIn = async (email: string, password: string, network: string): Promise<SignedIn> => {
  const device = { browser: null, system: null };
  const step = await signInService.byPassword(email, password, { network, device });
  if (step.state !== 'signed_in') throw new Error(`unexpected ${step.state}`);
  return step.signedIn;
};

beforeAll(async () => {
  desk = await aDatabase();
  const database = DatabaseModule.forRoot({ url: desk.url, poolSize: 5, applicationName: 'test' });
  const config = loadConfig(commonConfig, { DATABASE_URL: desk.url, SECRET_KEY: '33'.repeat(32), LOG_LEVEL: 'silent' });
  const platform = PlatformModule.forRoot({ name: 'test', config, probes: 'none' });
  const module = await Test.createTestingModule({ imports: [platform, database, AccessModule] }).compile();
  access = module.get(AccessService, { strict: false });
  keys = module.get(ApiKeysService, { strict: false });
  people = module.get(PeopleService, { strict: false });
  sessions = module.get(SessionsService, { strict: false });
  sweep = module.get(AccessSweep, { strict: false });
  signInService = module.get(SignInService, { strict: false });
  await module.init();
  closing = () => module.close();
});
let closing: () => Promise<void>;
afterAll(async () => {
  await closing();
  await desk.close();
});

const wish = {
  email: 'anna@desk.test',
  name: 'Анна',
  role: 'supervisor',
  password: 'wooden spoon in a river',
} as const;

describe('a declared person', () => {
  it('is made, then left alone while the declaration is the same', async () => {
    const made = await people.declare(wish);
    const again = await people.declare(wish);
    expect([again.id, again.version]).toEqual([made.id, made.version]);
  });

  it('follows the declaration, password and all, and is signed out by it', async () => {
    const before = await signIn(wish.email, wish.password, 'net');
    await people.declare({ ...wish, role: 'specialist', password: 'another wooden spoon' });
    await expect(signIn(wish.email, wish.password, 'net')).rejects.toThrow('wrong_credentials');
    const after = await signIn(wish.email, 'another wooden spoon', 'net');
    expect(after.principal.role).toBe('specialist');
    expect(await sessions.authenticate(before.token)).toBeUndefined();
  });
});

describe('passwords', () => {
  it('are kept as argon2id, and checked in the same time for somebody and nobody', async () => {
    const [row] = await rows<{ hash: string }>(desk.db, `select password_hash as hash from person where email = $1`, [
      wish.email,
    ]);
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
    const timeOf = async (email: string, network: string) => {
      const began = performance.now();
      await signIn(email, 'a wrong password', network).catch(() => undefined);
      return performance.now() - began;
    };
    const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] as number;
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let round = 0; round < 9; round++) {
      known.push(await timeOf(wish.email, `net ${round}`));
      unknown.push(await timeOf('nobody@desk.test', `net ${round}`));
    }
    // The bound is wide for a busy machine; leaving the hash out would make it a hundredth.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.3);
  });
});

describe('the key of the environment', () => {
  it.each(['sbk_ci0000_0123456789abcdef', 'any text of sixteen signs or more'.replaceAll(' ', '-')])(
    'works as %s, and its predecessor ends',
    async (key) => {
      await keys.ensureBootstrapKey('sbk_before_0123456789abcdef');
      await keys.ensureBootstrapKey(key);
      await keys.ensureBootstrapKey(key);
      expect(await keys.authenticate(key)).toMatchObject({ type: 'program', name: 'BOOTSTRAP_API_KEY' });
      expect(await keys.authenticate('sbk_before_0123456789abcdef')).toBeUndefined();
      await keys.ensureBootstrapKey(undefined);
      expect(await keys.authenticate(key)).toBeUndefined();
    },
  );
});

describe('an administrator of the environment', () => {
  it('is made once, and keeps the password that was changed since', async () => {
    await access.ensureAdministrator('root@desk.test', 'first wooden spoon');
    const [root] = await rows<{ id: string }>(desk.db, `select id from person where email = 'root@desk.test'`);
    await people.change(root?.id as string, undefined, { password: 'second wooden spoon' });
    await access.ensureAdministrator('root@desk.test', 'first wooden spoon');
    const { principal } = await signIn('Root@desk.test', 'second wooden spoon', 'net');
    expect(principal.role).toBe('administrator');
  });
});

describe('forgetting', () => {
  it('sweeps what time made useless and nothing else', async () => {
    const living = await signIn('root@desk.test', 'second wooden spoon', 'net');
    await rows(
      desk.db,
      `insert into session (token_hash, person_id, expires_at) select '\\x00', id, now() - interval '1 s' from person limit 1`,
    );
    await rows(
      desk.db,
      `insert into idempotency_key (scope, key, request_hash, created_at) values ('s', 'old', '', now() - interval '2 days'), ('s', 'new', '', now())`,
    );
    await sweep.forgetOld();
    expect(await sessions.authenticate(living.token)).toBeDefined();
    expect(await rows(desk.db, `select 1 from session where expires_at < now()`)).toEqual([]);
    expect(await rows(desk.db, `select key from idempotency_key`)).toEqual([{ key: 'new' }]);
  });
});
