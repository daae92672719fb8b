import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { policy, type Role, roles, type RouteId, type RoutePolicy, scopes } from '#libs/access';
import { type KnownRoute, RouteTable } from '../../../apps/desk-api/src/access/route-table.service.js';
import { aDesk, type CallOptions, type TestDesk } from './support/desk.js';

let desk: TestDesk;
let routes: readonly KnownRoute[];
const cookies = {} as Record<Role, string>;

// Every route is called by everybody: on a busy machine that takes its time.
jest.setTimeout(60_000);

beforeAll(async () => {
  desk = await aDesk();
  routes = desk.app.get(RouteTable).routes();
  for (const role of roles) cookies[role] = await desk.signIn(role);
});
afterAll(() => desk.close());

const rowOf = (id: RouteId): RoutePolicy => policy[id];
const guarded = () => routes.filter(({ id }) => rowOf(id) !== 'public');

/** Calls a route with ids of nothing, so that whoever may call it changes nothing. */
const knock = async ({ method, path }: KnownRoute, options: CallOptions): Promise<number> => {
  const url = path.replace(/:(\w+)/g, '999999').replace(/\*$/, 'nothing');
  if (url === '/api/v1/events') return follow(options);
  const withBody = method !== 'GET' && method !== 'DELETE';
  const { status } = await desk.call(method, url, { ...options, ...(withBody && { body: { unknown: true } }) });
  return status;
};

const follow = async ({ cookie, key }: CallOptions): Promise<number> => {
  const stop = new AbortController();
  const headers = { ...(cookie && { cookie }), ...(key && { authorization: `Bearer ${key}` }) };
  const { status } = await fetch(`${desk.url}/api/v1/events`, { headers, signal: stop.signal });
  stop.abort();
  return status;
};

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: object }>>;
  readonly requestBody?: object;
}
interface ApiDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, object>> };
}

/** Compares with a committed file; `UPDATE_GOLDEN=1 npm test` writes it anew, to be read in the diff. */
function golden(name: string, text: string): void {
  const folder = new URL('../../golden/', import.meta.url);
  const file = new URL(name, folder);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  }
  const hint = `test/golden/${name} is not current: run UPDATE_GOLDEN=1 npm test, and read the diff`;
  expect({ hint, text }).toEqual({ hint, text: readFileSync(file, 'utf8') });
}

describe('the routes', () => {
  it('are those of the golden list, each with who may call it', () => {
    golden('routes.txt', `${desk.app.get(RouteTable).lines().join('\n')}\n`);
  });

  it('use every row of the policy table', () => {
    const used = new Set(routes.map(({ id }) => id));
    expect(Object.keys(policy).filter((id) => !used.has(id as RouteId))).toEqual([]);
  });

  it('are all that the server answers', () => {
    const server = desk.app.getHttpAdapter().getInstance() as { printRoutes(options: object): string };
    const printed = server.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)$/gm);
    const methods = [...printed].flatMap(([, list]) => (list ?? '').split(', '));
    expect(methods.filter((method) => method !== 'HEAD')).toHaveLength(routes.length);
  });

  it('are described as in the golden document', async () => {
    const { body, status } = await desk.call('GET', '/api/openapi.json');
    expect([status, body.openapi]).toEqual([200, '3.1.0']);
    golden('openapi.json', `${JSON.stringify(body, undefined, 2)}\n`);
  });

  it('say what success is, what they read and what they take', async () => {
    const { paths, components } = (await desk.call('GET', '/api/openapi.json')).body as ApiDescription;
    const operations = Object.values(paths).flatMap((item) => Object.entries(item));
    const without = (has: (operation: Operation) => boolean, verb?: string) =>
      operations.filter(([at, one]) => (!verb || at === verb) && !has(one)).map(([, one]) => one.operationId);
    expect(without(({ responses }) => Object.keys(responses).some((status) => status.startsWith('2')))).toEqual([]);
    const names = ({ parameters }: Operation, wanted: string) => parameters.some(({ name }) => name === wanted);
    expect(without((one) => names(one, 'Idempotency-Key'), 'post').sort()).toEqual([
      'accounts.test',
      'acknowledgements.preview',
      'attachments.upload',
      'calls.lookup',
      'firstRun.redeem',
      'hooks.receive',
      'myPasskeys.begin',
      'myPassword.change',
      'passwordLinks.look',
      'passwordLinks.redeem',
      'passwordResets.create',
      'session.create',
      'session.passkey',
      'session.passkeyOptions',
      'session.prove',
      'singleSignOn.leave',
    ]);
    expect(operations.filter(([at, one]) => at !== 'post' && names(one, 'Idempotency-Key'))).toEqual([]);
    expect(names(paths['/api/v1/events']!.get!, 'Last-Event-ID')).toBe(true);
    expect(Object.keys(paths['/api/v1/session']!.delete!.responses)).toEqual(['204', 'default']);
    expect(Object.keys(paths['/hooks/{channel}/{account}']!.post!.responses)).toEqual(['200', 'default']);
    const download = paths['/api/v1/tickets/{id}/attachments/{attachmentId}']!.get!;
    expect(Object.keys(download.responses['200']?.content ?? {})).toEqual(['application/octet-stream']);
    const upload = paths['/api/v1/attachments']!.post!.requestBody;
    expect(upload).toMatchObject({
      required: true,
      content: { 'multipart/form-data': { schema: { properties: { file: { type: 'string' } }, required: ['file'] } } },
    });
    expect(components.securitySchemes).toMatchObject({ key: { type: 'http', scheme: 'bearer' } });
    expect(components.securitySchemes.key).not.toHaveProperty('bearerFormat');
  });
});

describe('the guard', () => {
  it('answers 401 to nobody, a forged cookie and a forged key on every guarded route', async () => {
    const open: string[] = [];
    const strangers: CallOptions[] = [{}, { cookie: 'sb_session=forged' }, { key: 'sbk_forged0_0123456789abcdef' }];
    for (const route of guarded()) {
      const statuses = await Promise.all(strangers.map((stranger) => knock(route, stranger)));
      if (statuses.some((status) => status !== 401)) open.push(`${route.method} ${route.path} ${statuses.join(' ')}`);
    }
    expect(open).toEqual([]);
  });

  it.each(roles)('lets a %s do what the table says on every route, and nothing else', async (role) => {
    const wrong: string[] = [];
    for (const route of guarded().filter(({ id }) => id !== 'session.end')) {
      const row = rowOf(route.id);
      const may = row !== 'public' && row.roles.includes(role);
      const status = await knock(route, { cookie: cookies[role] });
      if (may ? status === 401 || status === 403 || status >= 500 : status !== 403) {
        wrong.push(`${route.method} ${route.path} ${status}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each(scopes)('lets a key with %s do what the table says on every route, and nothing else', async (scope) => {
    const key = await desk.keyWith(scope);
    const wrong: string[] = [];
    for (const route of guarded()) {
      const row = rowOf(route.id);
      const may = row !== 'public' && (row.scope === scope || row.scope === 'any');
      const status = await knock(route, { key });
      const refused = status === 403;
      // A route for people alone may refuse a key that the table lets pass; it never lets one pass that it does not.
      if (may ? status === 401 || refused || status >= 500 : !refused)
        wrong.push(`${route.method} ${route.path} ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('every answer', () => {
  it.each([
    ['/', 200, /^text\/html/],
    ['/first-run', 200, /^text\/html/],
    ['/password', 200, /^text\/html/],
    ['/assets/password.js', 200, /javascript/],
    ['/api/docs', 200, /^text\/html/],
    ['/api/docs/swagger-ui-bundle.js', 200, /javascript/],
    ['/api/docs/..%2f..%2fpackage.json', 404, /problem/],
    ['/api/docs/package.json', 404, /problem/],
    ['/health/live', 200, /json/],
    ['/nothing', 404, /problem/],
    ['/api/v1/tickets', 401, /problem/],
  ])('%s carries the headers of its kind', async (path, status, type) => {
    const { headers, ...answer } = await desk.call('GET', path);
    expect(answer.status).toBe(status);
    expect(headers.get('content-type')).toMatch(type);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it.each<[string, string, CallOptions, number, string]>([
    [
      'POST',
      '/api/v1/people',
      { body: '{"email": ', headers: { 'content-type': 'application/json' } },
      400,
      'malformed_body',
    ],
    [
      'POST',
      '/api/v1/people',
      { body: `{"name":"${'x'.repeat(1_100_000)}"}`, headers: { 'content-type': 'application/json' } },
      413,
      'payload_too_large',
    ],
    [
      'POST',
      '/api/v1/people',
      { body: 'a=1', headers: { 'content-type': 'application/x-unknown' } },
      415,
      'unsupported_media_type',
    ],
    ['GET', '/api/v1/people?limit=0', {}, 400, 'invalid_input'],
    ['GET', '/api/v1/people?limit=1&limit=2', {}, 400, 'invalid_input'],
    ['GET', '/api/v1/people?sort=password', {}, 400, 'invalid_input'],
    ['GET', '/api/v1/people?cursor=zzz', {}, 400, 'invalid_input'],
    ['PATCH', '/api/v1/people/0x1', { body: { name: 'x' } }, 404, 'not_found'],
    ['PATCH', '/api/v1/people/999999', { body: { name: 'x' } }, 404, 'not_found'],
    ['DELETE', '/api/v1/api-keys/999999', {}, 404, 'not_found'],
    ['GET', '/api/v1/accounts/999999', {}, 404, 'not_found'],
    ['GET', '/api/v1/intake/999999/raw', {}, 404, 'not_found'],
    ['PUT', '/api/v1/people', { body: {} }, 405, 'method_not_allowed'],
  ])('%s %s with faults (%#) is a problem with its code', async (method, path, options, status, code) => {
    const answer = await desk.call(method, path, { cookie: cookies.administrator, ...options });
    expect([answer.status, answer.body?.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });

  it('speaks the language of the reader', async () => {
    const [ru, en] = await Promise.all(
      ['ru', 'en-GB'].map((language) => desk.call('GET', '/api/v1/me', { headers: { 'accept-language': language } })),
    );
    expect([ru?.body.title, en?.body.title]).toEqual(['Нужно войти', 'Sign in first']);
  });
});
