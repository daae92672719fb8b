import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { policy, type RouteId } from '#libs/access';
import { rows } from '#libs/database';
import { aDesk, type TestDesk } from './support/desk.js';

jest.setTimeout(120_000);

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly type?: string;
}
interface Operation {
  readonly operationId: RouteId;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Known {
  readonly method: string;
  readonly path: string;
  readonly id: RouteId;
  /** Fields of its JSON body; nothing for a route that takes none. */
  readonly fields: Readonly<Record<string, Schema>> | undefined;
  readonly query: readonly string[];
}

let desk: TestDesk;
let admin: string;
let known: Known[];
beforeAll(async () => {
  desk = await aDesk();
  admin = await desk.signIn('administrator');
  const { paths, components } = (await desk.call('GET', '/api/openapi.json')).body as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  };
  const fieldsOf = (schema: Schema): Record<string, Schema> => {
    const named = schema.$ref ? components.schemas[schema.$ref.split('/').at(-1) ?? ''] : schema;
    return Object.assign({}, named?.properties, ...(named?.anyOf ?? []).map(fieldsOf));
  };
  known = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([verb, { operationId: id, parameters = [], requestBody }]) => {
      const body = requestBody?.content['application/json']?.schema;
      const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      return { method: verb.toUpperCase(), path: filled(path), id, fields: body && fieldsOf(body), query };
    }),
  );
});
afterAll(() => desk.close());

const filled = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => ({ locale: 'ru', channel: 'any', kind: 'reply' })[name] ?? '999999');

/** Routes of people and keys: what anybody may call has its own limits and tests. */
const guarded = (): Known[] => known.filter(({ id }) => policy[id] !== 'public' && id !== 'session.end');
const send = ({ method, path }: Known, body: unknown, query = '') =>
  desk.call(method, path + query, { cookie: admin, headers: { 'if-match': '*' }, ...(body !== undefined && { body }) });
const counts = () =>
  rows(
    desk.db,
    `select (select count(*) from person) as person, (select count(*) from queue) as queue, (select count(*) from rule) as rule,
       (select count(*) from account) as account, (select count(*) from api_key) as key, (select count(*) from webhook_endpoint)
       as webhook, (select count(*) from ticket) as ticket, (select sum(version) from person) as versions`,
  );

describe('the description of the API', () => {
  it('tells enough to try every route by it', () => {
    const fields = known.flatMap((one) => Object.keys(one.fields ?? {}));
    const queries = known.flatMap(({ query }) => query);
    expect(known.length).toBeGreaterThan(90);
    expect(fields.length).toBeGreaterThan(80);
    expect(queries.length).toBeGreaterThan(30);
  });
});

describe('a field that nobody may set', () => {
  const foreign = [
    'id',
    'requesterId',
    'groupId',
    'number',
    'createdAt',
    'authorId',
    'isAdmin',
    'version',
    '__proto__x',
    'role',
    'state',
  ];

  it('is refused by every route, and nothing is written', async () => {
    const before = await counts();
    const taken: string[] = [];
    for (const route of guarded().filter(({ fields }) => fields !== undefined)) {
      for (const field of foreign.filter((name) => !Object.hasOwn(route.fields ?? {}, name))) {
        const { status } = await send(route, { [field]: 'x' });
        if (status !== 400) taken.push(`${route.method} ${route.path} ${field}: ${status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await counts()).toEqual(before);
  });
});

describe('a value of another shape', () => {
  const shapes: unknown[] = [{ $ne: 1 }, [1], ['a', 'b'], { toString: 'x' }];

  it('is refused by every field that takes a text', async () => {
    const tries = guarded().flatMap((route) =>
      Object.entries(route.fields ?? {})
        .filter(([, { type }]) => type === 'string')
        .flatMap(([field]) => shapes.map((shape) => ({ route, body: { [field]: shape } }))),
    );
    const taken: string[] = [];
    for (const { route, body } of tries) {
      const { status } = await send(route, body);
      if (status !== 400) taken.push(`${route.method} ${route.path} ${JSON.stringify(body)}: ${status}`);
    }
    expect(taken).toEqual([]);
  });

  it('is refused by every field of a query', async () => {
    const tries = guarded()
      .filter(({ method, query }) => method === 'GET' && query.length > 0)
      .flatMap((route) => [
        { route, query: '?surprise=1' },
        ...route.query.flatMap((name) =>
          [`?${name}=1&${name}=2`, `?${name}[]=1`, `?${name}[$ne]=1`].map((query) => ({ route, query })),
        ),
      ]);
    const taken: string[] = [];
    for (const { route, query } of tries) {
      const { status } = await send(route, undefined, query);
      if (status !== 400) taken.push(`${route.path}${query}: ${status}`);
    }
    expect(taken).toEqual([]);
  });
});

describe('every route', () => {
  it.each(['https://evil.example', 'null'])('gives a page of %s nothing to read', async (origin) => {
    const open: string[] = [];
    for (const { method, path } of known) {
      for (const verb of [method, 'OPTIONS']) {
        const { headers } = await desk.call(verb, path, {
          cookie: admin,
          headers: { origin, 'access-control-request-method': method },
        });
        const names = [...headers.keys()].filter((name) => name.startsWith('access-control-'));
        if (names.length > 0) open.push(`${verb} ${path}: ${names.join(' ')}`);
      }
    }
    expect(open).toEqual([]);
  });

  it('answers with the headers of the desk, whatever it answers', async () => {
    const bare: string[] = [];
    for (const { method, path } of known) {
      const { headers, status } = await desk.call(method, path);
      const missing = Object.entries({
        'x-content-type-options': /^nosniff$/,
        'referrer-policy': /^(same-origin|no-referrer)$/,
        'cross-origin-resource-policy': /^same-origin$/,
        'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
        'cache-control': /no-store|no-cache|max-age/,
      }).filter(([name, form]) => !form.test(headers.get(name) ?? ''));
      const told = ['x-powered-by', 'server'].filter((name) => headers.has(name));
      if (missing.length > 0 || told.length > 0)
        bare.push(`${method} ${path} ${status}: ${missing.map(([name]) => name).join(' ')} ${told.join(' ')}`);
    }
    expect(bare).toEqual([]);
  });

  it('changes nothing for a page of another site that holds our cookie, and nothing by GET', async () => {
    const before = await counts();
    const taken: string[] = [];
    for (const { method, path, id } of known.filter((one) => one.method !== 'GET')) {
      if (policy[id] === 'public') continue;
      const bodies = [
        { headers: { origin: 'https://evil.example', 'content-type': 'application/json' }, body: '{}' },
        { headers: { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }, body: '{}' },
        { headers: { 'content-type': 'text/plain' }, body: '{}' },
        { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' },
      ];
      for (const options of bodies) {
        const { status } = await desk.call(method, path, { cookie: admin, ...options });
        if (status !== 403 && status !== 415)
          taken.push(`${method} ${path} ${JSON.stringify(options.headers)}: ${status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await counts()).toEqual(before);
  });
});

describe('a request that two servers would read in two ways', () => {
  const speak = async (lines: string): Promise<string> => {
    const { hostname, port } = new URL(desk.url);
    const socket = connect(Number(port), hostname);
    let said = '';
    socket.on('data', (part) => (said += part.toString('latin1'))).on('error', () => undefined);
    socket.write(lines);
    await Promise.race([once(socket, 'close'), new Promise((done) => setTimeout(done, 3_000).unref())]);
    const open = !socket.destroyed;
    socket.destroy();
    return `${/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 'nothing'} ${open ? 'open' : 'closed'}`;
  };
  const head = 'POST /api/v1/session HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n';

  it.each([
    ['a length and chunks', `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, /^400 closed/],
    ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}`, /^400 closed/],
    ['an odd transfer coding', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`, /^400 closed/],
    ['two hosts', 'GET /health/live HTTP/1.1\r\nHost: desk\r\nHost: evil\r\n\r\n', /^400 closed/],
    ['no host', 'GET /health/live HTTP/1.1\r\n\r\n', /^400 closed/],
    ['lines without CR', 'GET /health/live HTTP/1.1\nHost: desk\n\n', /^(400|nothing) closed/],
    ['a header that goes on', 'GET /health/live HTTP/1.1\r\nHost: desk\r\nX: a\r\n b\r\n\r\n', /^400 closed/],
    [
      'a header of 100 kB',
      `GET /health/live HTTP/1.1\r\nHost: desk\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`,
      /^431 closed/,
    ],
    ['a change to HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^(400|nothing) closed/],
  ])('is refused, and the connection with it: %s', async (_, lines, answer) => {
    expect(await speak(lines)).toMatch(answer);
  });

  it('does not take away the connection of one that is plain', async () => {
    expect(await speak('GET /health/live HTTP/1.1\r\nHost: desk\r\n\r\n')).toBe('200 open');
  });
});
