import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { rows } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { eventually } from '../../support/eventually.js';
import { aDesk, bootstrapKey, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
const open: Stream[] = [];
beforeAll(async () => {
  desk = await aDesk();
});
afterEach(() => {
  for (const stream of open.splice(0)) stream.stop.abort();
});
afterAll(() => desk.close());

interface Stream {
  readonly status: number;
  readonly stop: AbortController;
  /** Resolves when what came so far fits, with the ids of the events. */
  until(fits: (ids: readonly string[], text: string) => boolean): Promise<readonly string[]>;
  readonly ended: Promise<void>;
}

async function follow(headers: Record<string, string>, query = '', url = desk.url): Promise<Stream> {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/v1/events${query}`, { headers, signal: stop.signal });
  let text = '';
  const wake = new Set<() => void>();
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (const tell of wake) tell();
    }
  })().catch(() => undefined);
  const ids = () => [...text.matchAll(/^id: (\d+)\nevent: /gm)].map(([, id]) => id as string);
  const stream: Stream = {
    status: response.status,
    stop,
    ended,
    until: (fits) =>
      new Promise((resolve) => {
        const look = () => fits(ids(), text) && resolve(ids());
        wake.add(look);
        look();
      }),
  };
  open.push(stream);
  return stream;
}

const asKey = { authorization: `Bearer ${bootstrapKey}` };
const happen = async (count = 1): Promise<string[]> => {
  const sql = `insert into event (type) select 'ticket.changed' from generate_series(1, $1) returning id`;
  return (await rows<{ id: string }>(desk.db, sql, [count])).map(({ id }) => id);
};

describe('GET /api/v1/events', () => {
  it('tells what happens from now on, ids first', async () => {
    const [before] = await happen();
    // Transactions of others hold the end of the stream back: what is not shown yet comes to whoever follows.
    await eventually(async () => (await desk.app.get(EventsRepository).lastId(desk.db)) === before);
    const stream = await follow(asKey);
    await stream.until((_, text) => text.startsWith('retry: '));
    const ids = await happen(3);
    expect(await stream.until((seen) => seen.length >= 3)).toEqual(ids);
  });

  it.each<[string, (id: string) => Promise<Stream>]>([
    ['Last-Event-ID', (id) => follow({ ...asKey, 'last-event-id': id })],
    ['?after=', (id) => follow(asKey, `?after=${id}`)],
  ])('resumes by %s, however much was missed, and goes on live', async (_, resume) => {
    const [from] = await happen();
    const missed = await happen(1200);
    const stream = await resume(from as string);
    await stream.until((seen) => seen.length >= 1200);
    const live = await happen(2);
    expect(await stream.until((seen) => seen.length >= 1202)).toEqual([...missed, ...live]);
  });

  it('passes by no event whose transaction commits late, whichever of them is older', async () => {
    const [from] = await happen();
    const stream = await follow(asKey, `?after=${from}`);
    const [older, newer] = [
      new pg.Client({ connectionString: desk.databaseUrl }),
      new pg.Client({ connectionString: desk.databaseUrl }),
    ];
    await Promise.all([older.connect(), newer.connect()]);
    const add = async (client: pg.Client) =>
      (await client.query(`insert into event (type) values ('ticket.changed') returning id`)).rows[0].id as string;
    await older.query('begin');
    await older.query('select pg_current_xact_id()');
    await newer.query('begin');
    const low = await add(newer);
    const high = await add(older);
    await older.query('commit');
    const [after] = await happen();
    await newer.query('commit');
    await Promise.all([older.end(), newer.end()]);
    const seen = await stream.until((ids) => ids.length >= 3);
    expect(seen).toEqual(expect.arrayContaining([low, high, after]));
    expect(new Set(seen).size).toBe(3);
  });

  it('ends when the session does, here or anywhere', async () => {
    const [mine, other] = [await desk.signIn('specialist'), await desk.signIn('supervisor')];
    const streams = await Promise.all([follow({ cookie: mine }), follow({ cookie: other })]);
    await desk.call('DELETE', '/api/v1/session', { cookie: mine });
    await streams[0]?.ended;
    await rows(desk.db, `update person set disabled_at = now() where role = 'supervisor'`);
    await streams[1]?.ended;
  });

  it('is for whoever may, from our own page, ten at a time', async () => {
    const cookie = await desk.signIn('director');
    expect((await follow({})).status).toBe(401);
    expect((await follow({ cookie, origin: 'https://evil.test' })).status).toBe(403);
    expect((await follow({ cookie }, '?after=*')).status).toBe(400);
    expect((await follow({ cookie, 'last-event-id': '1;drop' })).status).toBe(400);
    for (let count = 0; count < 10; count++) expect((await follow({ cookie })).status).toBe(200);
    expect((await follow({ cookie })).status).toBe(429);
  });
});

describe('a desk that stops', () => {
  it('ends open streams and waits for no connection that asked for nothing', async () => {
    const stopping = await aDesk();
    const stream = await follow(asKey, '', stopping.url);
    const silent = connect(Number(new URL(stopping.url).port), '127.0.0.1');
    await once(silent, 'connect');
    const gone = once(silent, 'close');
    const began = performance.now();
    await stopping.close();
    await Promise.all([stream.ended, gone]);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
