import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PeopleService, type Role, roles, type Scope, ApiKeysService } from '#libs/access';
import { createApp, loadConfig } from '#libs/platform';
import { deskApiVariables } from '../../../../apps/desk-api/src/desk-api.config.js';
import { DeskApiModule } from '../../../../apps/desk-api/src/desk-api.module.js';
import { setUp } from '../../../../apps/desk-api/src/set-up.factory.js';
import { aDatabase, type TestDatabase } from '../../../support/database.js';

export const password = 'wooden spoon in a river';
export const bootstrapKey = 'sbk_bootstrap_0123456789abcdef';

export interface CallOptions {
  /** Cookie of a person, or a bearer key. */
  readonly cookie?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // What an answer holds is each test's to say.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly body: any;
}

/** A whole desk-api on a free port with a database of its own, and somebody of every role. */
export interface TestDesk extends TestDatabase {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly databaseUrl: string;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Signs in and gives the cookie. */
  signIn(role: Role): Promise<string>;
  keyWith(...scopes: Scope[]): Promise<string>;
}

export const emailOf = (role: Role): string => `${role}@desk.test`;

export async function aDesk(more: Readonly<Record<string, string>> = {}): Promise<TestDesk> {
  const base = await aDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'desk-api-'));
  const variables = loadConfig(deskApiVariables, {
    DATABASE_URL: base.url,
    DATABASE_POOL: '5',
    DATA_DIR: dataDir,
    SECRET_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'silent',
    PORT: '0',
    BOOTSTRAP_API_KEY: bootstrapKey,
    ...more,
  });
  const app = await createApp(DeskApiModule.forRoot(variables), variables, setUp);
  await app.listen(variables.PORT, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const people = app.get(PeopleService, { strict: false });
  for (const role of roles) await people.add({ email: emailOf(role), name: role, role, password });
  const call = caller(url);
  return {
    ...base,
    app,
    url,
    databaseUrl: base.url,
    call,
    signIn: async (role) => {
      const { headers } = await call('POST', '/api/v1/session', { body: { email: emailOf(role), password } });
      return headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    },
    keyWith: async (...scopes) => {
      const by = { type: 'person', id: '1' } as Parameters<ApiKeysService['issue']>[0];
      return (await app.get(ApiKeysService, { strict: false }).issue(by, { name: 'test', scopes })).key;
    },
    close: async () => {
      await app.close();
      await base.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const caller =
  (url: string) =>
  async (method: string, path: string, { cookie, key, body, headers }: CallOptions = {}): Promise<Answer> => {
    const plain = body === undefined || typeof body === 'string' || body instanceof FormData;
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(plain ? {} : { 'content-type': 'application/json' }),
        ...(cookie && { cookie }),
        ...(key && { authorization: `Bearer ${key}` }),
        ...headers,
      },
      ...(body !== undefined && { body: plain ? (body as string | FormData) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text ? JSON.parse(text) : undefined,
    };
  };
