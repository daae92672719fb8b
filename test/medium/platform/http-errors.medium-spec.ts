import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BadRequestException, Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { z } from 'zod';
import { commonConfig, createApp, DeskError, Health, loadConfig, PlatformModule } from '#libs/platform';

const order = z.strictObject({
  name: z.string().min(2).max(5),
  count: z.number().int().optional(),
  kind: z.enum(['a', 'b']).default('a'),
  even: z
    .number()
    .refine((value) => value % 2 === 0, 'fault.guessable')
    .optional(),
});

@Controller('orders')
class OrdersController {
  @Post()
  create(@Body({ schema: order }) body: z.infer<typeof order>): object {
    return body;
  }

  @Get('absent')
  absent(): never {
    throw new DeskError('not_found', { text: 'refusal.mergedAway', ticket: 7 });
  }

  @Get('failing')
  failing(): never {
    throw new Error('Ivan Petrov +79991234567 password=hunter2', { cause: new Error('secret cause') });
  }

  @Get('away')
  away(): never {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  }

  @Get('busy')
  busy(): never {
    throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: 7 });
  }

  @Get('bad')
  bad(): never {
    throw new BadRequestException('no');
  }

  @Get(':id')
  read(@Param('id', { schema: z.string().regex(/^\d+$/) }) id: string): object {
    return { id };
  }
}

const lines: string[] = [];
const config = loadConfig(commonConfig, {
  DATABASE_URL: 'postgres://127.0.0.1/none',
  SECRET_KEY: '0'.repeat(64),
  LOG_LEVEL: 'debug',
});

@Module({
  imports: [PlatformModule.forRoot({ name: 'test', config, logTo: { write: (line) => void lines.push(line) } })],
  controllers: [OrdersController],
})
class AppModule {}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  app = await createApp({ module: AppModule }, config);
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
});
afterAll(() => app.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, init);
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

const post = (body: string, headers: Record<string, string> = {}): Promise<Answer> =>
  ask('/orders', { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

describe('problem details', () => {
  it('tell a refusal by code, status and a title in Russian', async () => {
    const { status, headers, body } = await ask('/orders/absent');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(headers.get('content-language')).toBe('ru');
    expect(body).toEqual({
      type: 'urn:switchboard:problem:not_found',
      title: 'Не найдено',
      status: 404,
      code: 'not_found',
      detail: 'Обращение объединено с обращением 7.',
    });
  });

  it('speak English to who prefers it', async () => {
    const { body } = await ask('/orders/absent', { headers: { 'accept-language': 'de, en-GB;q=0.9, ru;q=0.3' } });
    expect(body).toMatchObject({ title: 'Not found', detail: 'The ticket was merged into ticket 7.' });
  });

  it('name every fault of a body by its path', async () => {
    const { status, body } = await post('{"name":"x","count":"1","kind":"c","even":3,"more":1}', {
      'accept-language': 'en',
    });
    expect(status).toBe(400);
    expect(body.code).toBe('invalid_input');
    expect(body.faults).toEqual([
      { path: 'name', message: 'is too short: at least 2 characters or items' },
      { path: 'count', message: 'must be a number' },
      { path: 'kind', message: 'must be one of: a, b' },
      { path: 'even', message: 'is easy to guess' },
      { path: '', message: 'has unknown fields: more' },
    ]);
  });

  it('name the faults in Russian, those of rules too', async () => {
    const { body } = await post('{"even":3}');
    expect(body.faults).toEqual([
      { path: 'name', message: 'не указано' },
      { path: 'even', message: 'такой пароль легко угадать' },
    ]);
  });

  it('hand on what the schema made of the body', async () => {
    expect(await post('{"name":"abc"}')).toMatchObject({ status: 201, body: { name: 'abc', kind: 'a' } });
  });

  it.each([
    ['malformed JSON', '{"name":', 'application/json', 400, 'malformed_body'],
    ['an empty body', '', 'application/json', 400, 'malformed_body'],
    ['a poisoned prototype', '{"__proto__":{"x":1}}', 'application/json', 400, 'malformed_body'],
    ['a body over 1 MiB', `{"name":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413, 'payload_too_large'],
    ['another media type', '<a/>', 'application/xml', 415, 'unsupported_media_type'],
    ['a plain form', 'name=abc', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
    ['another charset', '{"name":"abc"}', 'application/json; charset=windows-1251', 415, 'unsupported_media_type'],
    ['a null body', 'null', 'application/json', 400, 'invalid_input'],
  ])('refuse %s', async (_what, sent, mediaType, status, code) => {
    expect(await post(sent, { 'content-type': mediaType })).toMatchObject({ status, body: { status, code } });
  });

  it('let a client that reads nothing before it has sent all see that its body was too large', async () => {
    const { hostname, port } = new URL(url);
    const body = Buffer.alloc(20 * 1024 * 1024, 'x');
    const socket = connect(Number(port), hostname);
    const head = `POST /orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    socket.write(head);
    await new Promise<void>((sent, failed) => socket.write(body, (fault) => (fault ? failed(fault) : sent())));
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('refuse bytes that are no text rather than change them', async () => {
    const body = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    const refused = await ask('/orders', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(refused).toMatchObject({ status: 400, body: { code: 'malformed_body' } });
  });

  it('know nothing under a path that cannot be', async () => {
    expect(await ask('/orders/x1')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('refuse a path that cannot be decoded', async () => {
    expect(await ask('/orders/%E0%A4%A')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  it('refuse an unknown route', async () => {
    expect(await ask('/nothing?token=secret')).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('refuse a method that the path does not have, and name those it has', async () => {
    const { status, headers, body } = await ask('/orders/5?x=1', { method: 'DELETE' });
    expect(status).toBe(405);
    expect(body.code).toBe('method_not_allowed');
    expect(headers.get('allow')).toBe('GET, HEAD');
  });

  it('say that it is us, and when to come again, while a server is away', async () => {
    const { status, headers } = await ask('/orders/away');
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('5');
  });

  it('say when to come again to who comes too often', async () => {
    const { status, headers } = await ask('/orders/busy');
    expect([status, headers.get('retry-after')]).toEqual([429, '7']);
  });

  it('map an exception of the framework by its status', async () => {
    expect(await ask('/orders/bad')).toMatchObject({ status: 400, body: { code: 'invalid_input' } });
  });

  it('tell a failure of ours by an id alone, which the log has too', async () => {
    const { status, body } = await ask('/orders/failing');
    expect(status).toBe(500);
    expect(Object.keys(body).sort()).toEqual(['code', 'instance', 'status', 'title', 'type']);
    const id = String(body.instance).replace('urn:uuid:', '');
    const line = lines.find((candidate) => candidate.includes(id) && candidate.includes('"err"'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 50, app: 'test', requestId: id, err: { type: 'Error' } });
  });
});

describe('headers', () => {
  it('let nothing run or be kept', async () => {
    const { headers } = await ask('/orders/7');
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});

describe('log', () => {
  it('has one line a request, by route, without path, query, headers and body', async () => {
    lines.length = 0;
    await ask('/orders/31337?phone=79990000000', { headers: { authorization: 'Bearer canary-key' } });
    await post('{"name":"canary-body"}');
    const logged = lines.join('');
    expect(logged).toContain('"route":"/orders/:id"');
    expect(logged).not.toMatch(/31337|79990000000|canary|127\.0\.0\.1/);
  });
});

describe('probes', () => {
  it('are live whatever the checks say', async () => {
    expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('are ready only while every check holds, and name the one that fails', async () => {
    const health = app.get(Health);
    let well = true;
    health.check('postgres', async () => {
      if (!well) throw new Error('password authentication failed for user "ivan"');
    });
    expect(await ask('/health/ready')).toMatchObject({ status: 200, body: { status: 'ok' } });
    well = false;
    expect(await ask('/health/ready')).toMatchObject({
      status: 503,
      body: { status: 'failing', checks: { postgres: 'failed' } },
    });
    well = true;
    expect(await ask('/health/ready')).toMatchObject({ status: 200 });
  });

  it('give numbers of the process', async () => {
    const response = await fetch(`${url}/metrics`);
    expect(await response.text()).toContain('process_cpu_user_seconds_total{app="test"}');
  });
});
