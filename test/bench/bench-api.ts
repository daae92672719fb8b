import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#libs/database';
import { startEmbeddedPostgres } from '../../apps/switchboard/src/embedded/embedded-postgres.factory.js';
import { DeskProcesses } from '../support/desk-processes.js';
import { lists, searches, type Case } from './api-cases.js';
import { fillDesk } from './fill-desk.js';
import { figuresOf, type Figures } from './latencies.js';

const admin = { email: 'admin@desk.test', password: 'wooden spoon in a river' };

/** Of one kind of request: all together, and each form of it. */
interface Measured extends Figures {
  readonly by: Readonly<Record<string, Figures>>;
}

export interface ApiFigures {
  readonly tickets: number;
  readonly fillSeconds: number;
  readonly databaseMiB: number;
  /** A request that asks for next to nothing: what HTTP and the guard take on this machine now. */
  readonly floor: Figures;
  readonly list: Measured;
  readonly search: Measured;
  /** Of all views of somebody: the desk's and five of their own. */
  readonly counts: Figures;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * How fast lists and searches over HTTP are on a desk of a million tickets, one request at a time. BENCH_TICKETS gives
 * another size, BENCH_DATABASE_URL a filled database, which is kept.
 */
export async function bench(): Promise<ApiFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-bench-'));
  await chmod(folder, 0o755);
  const given = process.env.BENCH_DATABASE_URL;
  const postgres = given ? undefined : await startEmbeddedPostgres({ dataDir: folder, fsync: false });
  const url = given ?? postgres?.url ?? '';
  const tickets = Number(process.env.BENCH_TICKETS ?? 1_000_000);
  try {
    const begun = Date.now();
    if (!given) {
      say(`Filling a database with ${tickets} tickets`);
      await migrate(url);
      await fillDesk(url, tickets);
    }
    const fillSeconds = Math.round((Date.now() - begun) / 1000);
    return { tickets, fillSeconds, databaseMiB: await sizeOf(url), ...(await measure(url, folder)) };
  } finally {
    await postgres?.stop();
    if (postgres) await rm(postgres.folder, { recursive: true, force: true });
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  url: string,
  folder: string,
): Promise<Omit<ApiFigures, 'tickets' | 'fillSeconds' | 'databaseMiB'>> {
  const desk = new DeskProcesses({
    DATABASE_URL: url,
    DATA_DIR: folder,
    ADMIN_EMAIL: admin.email,
    ADMIN_PASSWORD: admin.password,
  });
  try {
    const { port } = await desk.start('desk-api');
    const get = await signedIn(`http://127.0.0.1:${port}/api/v1`, url);
    const floor = await timesOf({ floor: () => '' }, get, 'me');
    say('Lists');
    const list = await timesOf(lists, get);
    say('Searches');
    const search = await timesOf(searches, get);
    say('Counts of views');
    return { floor, list, search, counts: await timesOf({ counts: () => '' }, get, 'views/counts') };
  } finally {
    await desk.stop();
  }
}

type Get = (path: string) => Promise<number>;

/** Somebody with work of their own, who asks for things and knows how long that took. */
async function signedIn(api: string, url: string): Promise<Get> {
  const answer = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(admin),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
  await query(
    url,
    `insert into saved_view (owner_id, title, filter, sorting, columns, position)
     select p.id, '{"ru": "Список", "en": "View"}', filter::jsonb, 'latest', '{number}', n from person p, (values
       (1, '{"queue": ["3"]}'), (2, '{"channel": ["phone"], "state": ["waiting", "open", "pending"]}'),
       (3, '{"kind": ["k8"], "queue": ["7", "8"], "state": ["waiting", "open"]}'), (4, '{"queue": ["11"], "state": ["waiting"]}'),
       (5, '{"q": "вебинар", "assignee": "me", "state": ["waiting", "open", "pending"]}')) kept (n, filter)
     where p.email = '${admin.email}' and not exists (select from saved_view where owner_id = p.id);
     insert into specialist (id) select id from person where email = '${admin.email}' on conflict do nothing;
     update ticket set assignee_id = (select id from person where email = '${admin.email}')
     where state <> 'closed' and assignee_id = 50`,
  );
  return async (path) => {
    const begun = performance.now();
    const response = await fetch(`${api}/${path}`, { headers: { cookie } });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return performance.now() - begun;
  };
}

const rounds = 100;

/** Each case in turn, so that none has the caches for itself. */
async function timesOf(cases: Readonly<Record<string, Case>>, get: Get, path = 'tickets'): Promise<Measured> {
  const times = new Map<string, number[]>(Object.keys(cases).map((name) => [name, []]));
  for (let round = -5; round < rounds; round += 1) {
    for (const [name, query] of Object.entries(cases)) {
      const ms = await get(`${path}?${query(Math.random)}`);
      if (round >= 0) times.get(name)?.push(ms);
    }
  }
  const by = Object.fromEntries([...times].map(([name, taken]) => [name, figuresOf(taken)]));
  return { ...figuresOf([...times.values()].flat()), by };
}

async function sizeOf(url: string): Promise<number> {
  const [row] = await query<{ mib: number }>(url, 'select pg_database_size(current_database()) / 1048576 as mib');
  return Number(row?.mib ?? 0);
}

async function query<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}
