import { createHmac, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { DatabaseModule, rows } from '#libs/database';
import { FilesModule } from '#libs/files';
import { EgressGuard, loadConfig, PlatformModule } from '#libs/platform';
import { EventsRepository, QueueModule } from '#libs/queue';
import {
  WebhookDeliveriesRepository,
  WebhookFanOut,
  WebhookFanOutModule,
  WebhookSending,
  WebhookSendingModule,
} from '#libs/webhooks';
import { WebhookPostClient } from '../../../libs/webhooks/src/webhook-post.client.js';
import { deskApiVariables } from '../../../apps/desk-api/src/desk-api.config.js';
import { eventually } from '../../support/eventually.js';
import { aDesk, type TestDesk } from '../desk-api/support/desk.js';
import { AReceiver } from './a-receiver.js';

jest.setTimeout(60_000);
const secretKey = randomBytes(32).toString('base64');
const env = { SECRET_KEY: secretKey, EGRESS_ALLOW: '127.0.0.0/8' };

let desk: TestDesk;
/** The process that sends; its jobs are taken by hand, so that a test says when. */
let sender: TestingModule;
let admin: string;
let receiver: AReceiver;
beforeAll(async () => {
  desk = await aDesk(env);
  admin = await desk.signIn('administrator');
  const config = loadConfig(deskApiVariables, { DATABASE_URL: desk.databaseUrl, LOG_LEVEL: 'silent', ...env });
  sender = await Test.createTestingModule({
    imports: [
      PlatformModule.forRoot({ name: 'router', config, probes: 'none' }),
      DatabaseModule.forRoot({ url: desk.databaseUrl, poolSize: 8, applicationName: 'test sender' }),
      FilesModule.forRoot({ dir: config.DATA_DIR }),
      QueueModule.forRoot({ databaseUrl: desk.databaseUrl, prefix: 'test' }),
      WebhookFanOutModule,
      WebhookSendingModule,
    ],
  }).compile();
});
afterAll(async () => {
  await sender.close();
  await desk.close();
});
beforeEach(async () => {
  receiver = await AReceiver.open();
});
afterEach(async () => {
  await rows(desk.db, 'update webhook_endpoint set enabled = false');
  await receiver.close();
});

const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  desk.call(method, `/api/v1/webhooks${path}`, { cookie: admin, headers, ...(body !== undefined && { body }) });
const add = async (more: object = {}) =>
  (await call('POST', '', { url: receiver.url, events: ['ticket.created'], ...more })).body;
const tell = (type: 'ticket.created' | 'ticket.changed', ticketId = '5') =>
  new EventsRepository().add(desk.db, [{ type, ticketId, data: { state: 'waiting' } }]);
/** All that happened was heard: transactions of other tests on the same server can hold the stream back. */
const heard = () =>
  eventually(async () => {
    await sender.get(WebhookFanOut).round();
    const sql = `
      select not exists (select from webhook_endpoint where enabled and retired_at is null)
        or (select event_id from webhook_cursor) >= (select coalesce(max(id), 0) from event) as yes`;
    return (await rows<{ yes: boolean }>(desk.db, sql))[0]?.yes === true;
  });
/** Everything that is due is tried once. */
const deliver = async (): Promise<void> => {
  await heard();
  const due = await rows<{ id: string }>(
    desk.db,
    `select id from webhook_delivery where state = 'waiting' order by id`,
  );
  await sender.get(WebhookSending).send(due.map(({ id }) => id));
};
/** Time goes by: what waits is due. */
const later = () => rows(desk.db, `update webhook_delivery set next_at = now() where state = 'waiting'`);
const deliveries = async (id: string, query = '') => (await call('GET', `/${id}/deliveries${query}`)).body.items;

const signed = (secret: string, { headers, body }: AReceiver['received'][number]): string => {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
};

describe('an endpoint', () => {
  it('is told what it listens to, signed, by ids alone', async () => {
    const webhook = await add();
    expect(webhook.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await tell('ticket.created', '77');
    await tell('ticket.changed', '77');
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const [got] = receiver.received as [AReceiver['received'][number]];
    expect(got.headers['webhook-signature']).toBe(signed(webhook.secret, got));
    expect(got.headers['content-type']).toBe('application/json');
    expect(Math.abs(Date.now() / 1000 - Number(got.headers['webhook-timestamp']))).toBeLessThan(30);
    const { type, data, timestamp } = receiver.bodies[0]!;
    expect([type, data]).toEqual(['ticket.created', { eventId: expect.any(String), ticketId: '77', state: 'waiting' }]);
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    expect(await deliveries(webhook.id)).toMatchObject([
      { state: 'delivered', attempts: 1, status: 204, reason: null },
    ]);
    const listed = await call('GET', '');
    expect(listed.text).not.toContain(webhook.secret);
    expect(listed.body.eventTypes).toContain('ticket.created');
  });

  it('hears only what happens while it listens', async () => {
    await tell('ticket.created', '1');
    const webhook = await add({ events: ['*'] });
    await tell('ticket.changed', '2');
    await call('PATCH', `/${webhook.id}`, { enabled: false }, { 'if-match': '"1"' });
    await tell('ticket.changed', '3');
    await deliver();
    expect((await call('PATCH', `/${webhook.id}`, { enabled: true }, { 'if-match': '"1"' })).status).toBe(412);
    await call('PATCH', `/${webhook.id}`, { enabled: true }, { 'if-match': '"2"' });
    await tell('ticket.changed', '4');
    await deliver();
    expect(receiver.bodies.map(({ data }) => data['ticketId']).filter(Boolean)).toEqual(['4']);
  });

  it('is told each thing once by many processes', async () => {
    await add();
    for (let count = 0; count < 40; count++) await tell('ticket.created', String(count + 1));
    const fanOut = sender.get(WebhookFanOut);
    await Promise.all(Array.from({ length: 4 }, () => fanOut.round()));
    await heard();
    const waiting = await rows<{ id: string }>(desk.db, `select id from webhook_delivery where state = 'waiting'`);
    const ids = waiting.map(({ id }) => id);
    const sending = sender.get(WebhookSending);
    await Promise.all([sending.send(ids), sending.send(ids), sending.send([...ids].reverse())]);
    expect(receiver.received).toHaveLength(40);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(40);
  });

  it('can change its secret while both are good', async () => {
    const webhook = await add();
    const rotated = (await call('POST', `/${webhook.id}/rotate-secret`, { overlapHours: 2 })).body;
    expect(rotated.secret).not.toBe(webhook.secret);
    expect(new Date(rotated.previousUntil).getTime() - Date.now()).toBeGreaterThan(7_000_000);
    await tell('ticket.created');
    await deliver();
    const [got] = receiver.received as [AReceiver['received'][number]];
    expect(got.headers['webhook-signature']).toBe(`${signed(rotated.secret, got)} ${signed(webhook.secret, got)}`);
    await rows(desk.db, `update webhook_endpoint set previous_until = now() where id = $1`, [webhook.id]);
    await tell('ticket.created');
    await deliver();
    const next = receiver.received[1]!;
    expect(next.headers['webhook-signature']).toBe(signed(rotated.secret, next));
    const [row] = await rows<{ secret: string }>(desk.db, 'select secret from webhook_endpoint where id = $1', [
      webhook.id,
    ]);
    expect(row?.secret).not.toContain(rotated.secret.slice(6));
  });

  it('is tried by hand, and ended', async () => {
    const webhook = await add();
    expect((await call('POST', `/${webhook.id}/test`)).body).toMatchObject({ type: 'webhook.test', state: 'waiting' });
    await deliver();
    expect(receiver.bodies).toMatchObject([{ type: 'webhook.test', data: {} }]);
    const [{ id }] = await deliveries(webhook.id);
    const other = await add();
    expect((await call('GET', `/${other.id}/deliveries/${id}`)).status).toBe(404);
    expect((await call('POST', `/${other.id}/deliveries/${id}/replay`)).status).toBe(404);
    expect((await call('DELETE', `/${webhook.id}`)).status).toBe(204);
    for (const path of ['', '/deliveries']) expect((await call('GET', `/${webhook.id}${path}`)).status).toBe(404);
    expect((await call('POST', `/${webhook.id}/test`)).status).toBe(404);
  });
});

describe('a delivery that was not taken', () => {
  it('is tried again under its id, and what was answered is kept', async () => {
    const webhook = await add();
    await tell('ticket.created');
    receiver.says(500, {}, `<script>${'я'.repeat(3000)}\0`);
    await deliver();
    const [failed] = await deliveries(webhook.id);
    expect(failed).toMatchObject({ state: 'waiting', attempts: 1, status: 500, reason: { code: 'status' } });
    expect(new Date(failed.nextAt).getTime()).toBeGreaterThan(Date.now());
    await deliver();
    expect(receiver.received).toHaveLength(1);
    await later();
    receiver.says(200, {}, 'ok');
    await deliver();
    const card = (await call('GET', `/${webhook.id}/deliveries/${failed.id}`)).body;
    expect(card).toMatchObject({ state: 'delivered', attempts: 2, nextAt: null, reason: null });
    expect(card.tries.map(({ status }: { status: number }) => status)).toEqual([500, 200]);
    expect(Buffer.byteLength(card.tries[0].response)).toBeLessThanOrEqual(1024);
    expect(card.tries[1].response).toBe('ok');
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
    expect(receiver.received[1]!.body).toBe(receiver.received[0]!.body);
  });

  it('waits as long as the receiver asks', async () => {
    const webhook = await add();
    await tell('ticket.created');
    receiver.says(429, { 'retry-after': '3600' });
    await deliver();
    const [{ nextAt }] = await deliveries(webhook.id);
    expect(new Date(nextAt).getTime() - Date.now()).toBeGreaterThan(3_500_000);
  });

  it('ends after three days of tries, and begins anew when somebody says so', async () => {
    const webhook = await add();
    await tell('ticket.created');
    receiver.says(503);
    for (let tries = 0; tries < 12; tries++) {
      await deliver();
      await later();
    }
    expect(receiver.received).toHaveLength(10);
    const [failed] = await deliveries(webhook.id, '?state=failed');
    receiver.says(204);
    const again = await call('POST', `/${webhook.id}/deliveries/${failed.id}/replay`);
    expect([again.status, again.body.state]).toEqual([202, 'waiting']);
    await deliver();
    expect(await deliveries(webhook.id)).toMatchObject([{ state: 'delivered', attempts: 11 }]);
    expect(receiver.received[10]!.headers['webhook-id']).toBe(receiver.received[0]!.headers['webhook-id']);
  });

  it('is told again since a time, with what happened while the endpoint was off', async () => {
    const webhook = await add();
    const since = new Date().toISOString();
    receiver.says(410);
    await tell('ticket.created', '901');
    await deliver();
    await tell('ticket.created', '902');
    await tell('ticket.changed', '903');
    const { version } = (await call('GET', `/${webhook.id}`)).body;
    expect((await call('POST', `/${webhook.id}/replay`, { since })).status).toBe(409);
    await call('PATCH', `/${webhook.id}`, { enabled: true }, { 'if-match': `"${version}"` });
    receiver.says(204);
    receiver.received.length = 0;
    const { body } = await call('POST', `/${webhook.id}/replay`, { since });
    await deliver();
    const told = receiver.bodies.map(({ data }) => data['ticketId']);
    expect(told).toHaveLength(2);
    expect(told).toEqual(expect.arrayContaining(['901', '902']));
    expect(body.count).toBe(told.length);
    expect((await call('POST', `/${webhook.id}/replay`, { since })).body.count).toBe(0);
    const longAgo = new Date(Date.now() - 15 * 86_400_000).toISOString();
    expect((await call('POST', `/${webhook.id}/replay`, { since: longAgo })).status).toBe(400);
  });

  it.each([
    ['a receiver that is gone, at once', `update webhook_endpoint set failing_since = null`, 410, 'gone'],
    [
      'one that nothing reached for three days',
      `update webhook_endpoint set failing_since = now() - interval '73 hours'`,
      500,
      'failing',
    ],
  ])('switches off %s, and says so', async (_, sql, status, offReason) => {
    const webhook = await add();
    await tell('ticket.created');
    await rows(desk.db, sql);
    receiver.says(status);
    await deliver();
    expect((await call('GET', `/${webhook.id}`)).body).toMatchObject({ enabled: false, offReason });
    expect(await deliveries(webhook.id)).toMatchObject([{ state: 'failed' }]);
    const [event] = await rows<{ data: object }>(
      desk.db,
      `select data from event where type = 'desk.changed' and data ->> 'offReason' is not null order by id desc limit 1`,
    );
    expect(event?.data).toMatchObject({ what: 'webhooks', id: webhook.id, offReason });
    const { body } = await desk.call('GET', `/api/v1/audit?object=webhook:${webhook.id}&limit=1`, { cookie: admin });
    expect(body.items[0]).toMatchObject({ act: 'webhook.switchedOff', actor: { type: 'desk' } });
  });

  it('is forgotten after a month', async () => {
    const webhook = await add();
    await call('POST', `/${webhook.id}/test`);
    await deliver();
    await rows(desk.db, `update webhook_delivery set created_at = now() - interval '31 days' where endpoint_id = $1`, [
      webhook.id,
    ]);
    expect(await new WebhookDeliveriesRepository().dropOld(desk.db, 10)).toBe(1);
    expect(await deliveries(webhook.id)).toEqual([]);
  });
});

describe('a hostile receiver', () => {
  const outcome = async (more: object = {}) => {
    const webhook = await add(more);
    await tell('ticket.created');
    await deliver();
    return (await deliveries(webhook.id))[0];
  };

  it('sends nobody elsewhere', async () => {
    const inside = await AReceiver.open();
    receiver.says(302, { location: inside.url });
    expect(await outcome()).toMatchObject({ state: 'waiting', status: 302, reason: { code: 'redirect' } });
    expect(inside.received).toEqual([]);
    await inside.close();
  });

  it('holds nobody up by silence, by endless words, or by breaking off', async () => {
    const client = sender.get(WebhookPostClient, { strict: false });
    client.patienceMs = 300;
    try {
      receiver.answer = () => undefined;
      expect(await outcome()).toMatchObject({ status: null, reason: { code: 'timeout' } });
      receiver.answer = (response) => {
        response.writeHead(200);
        const pour = setInterval(() => response.write('x'.repeat(10_000)), 1).unref();
        response.on('close', () => clearInterval(pour));
      };
      expect(await outcome()).toMatchObject({ status: 200, state: 'delivered' });
      receiver.answer = (response) => void response.writeHead(200).write('x', () => undefined);
      expect(await outcome()).toMatchObject({ status: 200, state: 'delivered' });
      receiver.answer = (response) => void response.socket?.destroy();
      expect(await outcome()).toMatchObject({ status: null, reason: { code: 'unreachable' } });
      receiver.answer = (response) => void response.writeHead(200, { 'x-long': 'y'.repeat(20_000) }).end();
      expect(await outcome()).toMatchObject({ status: null, state: 'waiting' });
    } finally {
      client.patienceMs = 15_000;
    }
  });

  it('holds up nothing but its own line, and counts one try for all that wait in it', async () => {
    const client = sender.get(WebhookPostClient, { strict: false });
    client.patienceMs = 300;
    const other = await AReceiver.open();
    receiver.answer = () => undefined;
    const slow = await add();
    await add({ url: other.url });
    for (let count = 0; count < 9; count++) await tell('ticket.created', String(count + 1));
    const began = performance.now();
    await deliver();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(other.received).toHaveLength(9);
    expect((await deliveries(slow.id)).map(({ attempts }: { attempts: number }) => attempts)).toEqual([
      ...Array.from({ length: 5 }, () => 0),
      ...Array.from({ length: 4 }, () => 1),
    ]);
    client.patienceMs = 15_000;
    await other.close();
  });

  it('shows a certificate that nobody vouches for, and is told nothing', async () => {
    const url = receiver.url.replace('http:', 'https:');
    expect(await outcome({ url })).toMatchObject({
      status: null,
      reason: { code: expect.stringMatching(/tls|unreachable/) },
    });
    expect(receiver.received).toEqual([]);
  });
});

describe('an address inside', () => {
  const refusal = async (url: string) => (await call('POST', '', { url, events: ['*'] })).body;

  it.each([
    'https://10.0.0.1/',
    'https://0.0.0.0/',
    'https://[::1]:6379/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.100.100.200/',
    'https://[fd00:ec2::254]/',
    'https://[::ffff:169.254.169.254]/',
    'https://2851995905/',
    'https://0xa9.0xfe.0xa9.0xfe/',
  ])('is refused before any packet: %s', async (url) => {
    expect((await refusal(url)).faults).toEqual([{ path: 'url', message: 'ведёт туда, куда служба не соединяется' }]);
  });

  it.each(['http://1.1.1.1/', 'ftp://127.0.0.1/', 'https://a:b@127.0.0.1/', 'https://127.0.0.1:25/', 'nonsense'])(
    'and one of the wrong form is refused: %s',
    async (url) => expect((await refusal(url)).faults[0].path).toBe('url'),
  );

  it('is refused when one of the addresses of a name is such, and when the name changes later', async () => {
    const [saving, sending] = [
      desk.app.get(EgressGuard, { strict: false }),
      sender.get(EgressGuard, { strict: false }),
    ];
    const [{ resolve: keepSaving }, { resolve: keepSending }] = [saving, sending];
    const answers =
      (...addresses: string[]) =>
      () =>
        Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    try {
      const url = `http://hooks.example:${receiver.port}/`;
      saving.resolve = answers('127.0.0.1', '10.0.0.1');
      expect((await refusal(url)).faults[0].message).toMatch(/не соединяется/);
      saving.resolve = answers('127.0.0.1', '127.0.0.2');
      const webhook = await add({ url });
      sending.resolve = answers('127.0.0.1');
      await call('POST', `/${webhook.id}/test`);
      await deliver();
      expect(receiver.received[0]?.headers.host).toBe(`hooks.example:${receiver.port}`);
      sending.resolve = answers('192.168.0.10');
      await tell('ticket.created');
      await deliver();
      expect((await deliveries(webhook.id))[0]).toMatchObject({ status: null, reason: { code: 'address' } });
      sending.resolve = () => Promise.reject(Object.assign(new Error(), { code: 'ENOTFOUND' }));
      await later();
      await deliver();
      expect((await deliveries(webhook.id))[0]).toMatchObject({ reason: { code: 'unknown-host' } });
    } finally {
      saving.resolve = keepSaving;
      sending.resolve = keepSending;
    }
  });

  it('is refused to everybody where no setting names it', async () => {
    const closed = await aDesk();
    try {
      const cookie = await closed.signIn('administrator');
      const body = { url: receiver.url, events: ['*'] };
      expect((await closed.call('POST', '/api/v1/webhooks', { cookie, body })).status).toBe(400);
    } finally {
      await closed.close();
    }
  });
});

describe('the ticket', () => {
  it('goes along only where it was asked for, and as long as whoever asked may read it', async () => {
    const [ticket] = await rows<{ id: string }>(
      desk.db,
      `with r as (insert into requester (name) values ('Анна Канарейкина') returning id),
         q as (insert into queue (key, title) values ('q', '{"ru":"К","en":"Q"}') returning id)
       insert into ticket (subject, queue_id, requester_id, channel) select 'Тема', q.id, r.id, 'email' from q, r returning id`,
    );
    const webhook = await add({ withTicket: true });
    await tell('ticket.created', ticket?.id);
    await deliver();
    expect(receiver.bodies[0]?.data['ticket']).toMatchObject({
      subject: 'Тема',
      queue: 'q',
      requester: { name: 'Анна Канарейкина' },
    });
    const rowsOfIt = await rows<{ data: object }>(desk.db, 'select data from webhook_delivery where endpoint_id = $1', [
      webhook.id,
    ]);
    expect(JSON.stringify(rowsOfIt)).not.toMatch(/Тема|Канарейкина/);
    await rows(desk.db, `update person set role = 'director' where id = $1`, [webhook.owner.id]);
    await tell('ticket.created', ticket?.id);
    await deliver();
    await rows(desk.db, `update person set role = 'administrator' where id = $1`, [webhook.owner.id]);
    expect(receiver.bodies[1]?.data).toEqual({ eventId: expect.any(String), ticketId: ticket?.id, state: 'waiting' });
  });

  it('is not for keys that may not read tickets', async () => {
    const body = { url: receiver.url, events: ['*'], withTicket: true };
    const without = await desk.keyWith('webhooks:manage');
    expect((await desk.call('POST', '/api/v1/webhooks', { key: without, body })).status).toBe(403);
    const together = await desk.keyWith('webhooks:manage', 'tickets:read');
    expect((await desk.call('POST', '/api/v1/webhooks', { key: together, body })).status).toBe(201);
  });
});
