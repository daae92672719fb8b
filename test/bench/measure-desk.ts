import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { migrate } from '#libs/database';
import { DeskClient } from '../support/desk-client.js';
import { DeskProcesses } from '../support/desk-processes.js';
import type { BenchServers } from './bench-servers.js';
import { ProcessWatch } from './process-watch.js';

/** With room for everything together. */
const specialists = 20;
const key = 'bootstrap-key-of-the-intake-bench';

export interface DeskFigures {
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU of the whole run, by process and server. */
  readonly cpuMs: Readonly<Record<string, number>>;
  readonly peakRssMiB: number;
  /** How items ended. */
  readonly fates: Readonly<Record<string, number>>;
}

/**
 * The mailbox is full before the gateway comes. Measured by the database's clock: the run goes from the moment at
 * which the account has opened its mailbox to the last mail that was assigned (a new ticket) or appended (a reply).
 * The latency of a mail goes from its row in the inbox to the same end; with a full mailbox it is mostly waiting for
 * those before it. Acknowledgements are composed and sent (into a folder) at the same time.
 */
export async function measureDesk(servers: BenchServers, address: string, count: number): Promise<DeskFigures> {
  await migrate(servers.databaseUrl);
  const database = new pg.Client({ connectionString: servers.databaseUrl });
  await database.connect();
  const desk = new DeskProcesses({
    DATABASE_URL: servers.databaseUrl,
    DATABASE_POOL: '10',
    REDIS_URL: servers.redisUrl,
    DATA_DIR: servers.folder,
    BOOTSTRAP_API_KEY: key,
  });
  try {
    await prepare(desk, database, servers, address);
    const router = await desk.start('router');
    const before = new ProcessWatch(servers.pids);
    const serversBefore = await before.cpuMs();
    const gateway = await desk.start('email-gateway');
    const watch = new ProcessWatch({ ...servers.pids, router: router.pid, 'email-gateway': gateway.pid });
    watch.follow();
    await allEnded(database, count);
    const peakRssMiB = await watch.peak();
    const cpuMs = await watch.cpuMs();
    for (const [name, ms] of Object.entries(serversBefore)) cpuMs[name] = (cpuMs[name] ?? 0) - ms;
    return { ...(await figures(database)), cpuMs, peakRssMiB };
  } finally {
    await desk.stop();
    await database.end();
  }
}

/** One queue, specialists who are never full, one mailbox; by the API, which then leaves. */
async function prepare(
  desk: DeskProcesses,
  database: pg.Client,
  servers: BenchServers,
  address: string,
): Promise<void> {
  await database.query(`insert into queue (key, title) values ('first-line', '{"ru":"Первая","en":"First"}')`);
  // The gateway announces its channel; it has no account yet.
  const announcer = await desk.start('email-gateway');
  const api = await desk.start('desk-api');
  const client = new DeskClient(`http://127.0.0.1:${api.port}`, key);
  const { items } = await client.call<{ items: { id: string }[] }>('GET', 'queues');
  for (let n = 1; n <= specialists; n += 1) {
    const person = { email: `s${n}@desk.test`, name: `S ${n}`, role: 'specialist', password: 'a long enough password' };
    const { id } = await client.call<{ id: string }>('POST', 'people', person);
    await client.call('PUT', `specialists/${id}/queues`, { queueIds: items.map((queue) => queue.id) });
    await client.call('PUT', `specialists/${id}/capacity`, { capacity: 1_000 });
    await client.call('PUT', `specialists/${id}/presence`, { presence: 'on' });
  }
  await announcer.stop();
  const { port, user, password } = servers.dovecot;
  const receive = { type: 'imap', host: '127.0.0.1', port, tls: 'none', user, password };
  const send = { type: 'folder', path: `${servers.folder}/sent` };
  await client.call('POST', 'accounts', { channel: 'email', name: 'bench', address, settings: { receive, send } });
  await api.stop();
}

/** Where every item ended: assigned for a ticket of its own, appended for the rest. */
const ends = `
  select i.received_at, greatest(i.done_at, (
    select min(w.assigned_at) from work_item w where i.fate = 'ticket' and w.ticket_id = i.ticket_id)) as ended_at
  from inbox i where i.state = 'done' and (i.fate <> 'ticket' or exists (
    select from work_item w where w.ticket_id = i.ticket_id and w.assigned_at is not null))`;

async function allEnded(database: pg.Client, count: number): Promise<void> {
  const deadline = performance.now() + 300_000;
  for (let shown = -1; ;) {
    const { rows } = await database.query<{ count: number }>(`select count(*)::int from (${ends}) e`);
    const ended = rows[0]?.count ?? 0;
    if (ended >= count) return;
    if (performance.now() > deadline) throw new Error(`only ${ended} of ${count} mails ended within five minutes`);
    if (ended !== shown) process.stderr.write(`  ${ended} of ${count}\n`);
    shown = ended;
    await delay(500);
  }
}

async function figures(database: pg.Client): Promise<Pick<DeskFigures, 'seconds' | 'p50Ms' | 'p99Ms' | 'fates'>> {
  const { rows } = await database.query<{ seconds: number; p50: number; p99: number }>(
    `with e as (${ends})
     select extract(epoch from max(ended_at) - (select state_at from account))::float8 as seconds,
       1000 * percentile_cont(0.5) within group (order by extract(epoch from ended_at - received_at)) as p50,
       1000 * percentile_cont(0.99) within group (order by extract(epoch from ended_at - received_at)) as p99
     from e`,
  );
  const { seconds = 0, p50 = 0, p99 = 0 } = rows[0] ?? {};
  const counted = await database.query<{ fate: string; count: number }>(
    'select fate, count(*)::int from inbox group by fate order by fate',
  );
  return {
    seconds,
    p50Ms: p50,
    p99Ms: p99,
    fates: Object.fromEntries(counted.rows.map((row) => [row.fate, row.count])),
  };
}
