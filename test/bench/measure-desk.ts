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

/** A mailbox and how many mails wait in it. */
export interface Mailbox {
  readonly address: string;
  readonly count: number;
}

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
 * A first mailbox warms the processes up; then comes the account whose mailbox is full. Measured by the database's
 * clock: the run goes from the moment at which that account has opened its mailbox to the last mail that was assigned
 * (a new ticket) or appended (a reply). The latency of a mail goes from its row in the inbox to the same end; with a
 * full mailbox it is mostly waiting for those before it. Acknowledgements are composed at the same time; the desk sends
 * them by SMTP once the flood is in, and what they cost is in the figures of CPU and memory.
 */
export async function measureDesk(servers: BenchServers, warm: Mailbox, full: Mailbox): Promise<DeskFigures> {
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
    await database.query(`insert into queue (key, title) values ('first-line', '{"ru":"Первая","en":"First"}')`);
    const [router, gateway] = [await desk.start('router'), await desk.start('email-gateway')];
    const api = await desk.start('desk-api');
    const client = new DeskClient(`http://127.0.0.1:${api.port}`, key);
    await hire(client);
    await ended(database, await openMailbox(client, servers, warm.address), warm.count);
    await sent(database);
    const watch = new ProcessWatch({ ...servers.pids, router: router.pid, 'email-gateway': gateway.pid });
    const before = await watch.cpuMs();
    watch.follow();
    const account = await openMailbox(client, servers, full.address);
    await api.stop();
    await ended(database, account, full.count);
    await sent(database);
    const peakRssMiB = await watch.peak();
    const used = Object.entries(await watch.cpuMs()).map(([name, ms]) => [name, ms - (before[name] ?? 0)] as const);
    return { ...(await figures(database, account)), cpuMs: Object.fromEntries(used), peakRssMiB };
  } finally {
    await desk.stop();
    await database.end();
  }
}

async function hire(client: DeskClient): Promise<void> {
  const { items } = await client.call<{ items: { id: string }[] }>('GET', 'queues');
  for (let n = 1; n <= specialists; n += 1) {
    const person = { email: `s${n}@desk.test`, name: `S ${n}`, role: 'specialist', password: 'a long enough password' };
    const { id } = await client.call<{ id: string }>('POST', 'people', person);
    await client.call('PUT', `specialists/${id}/queues`, { queueIds: items.map((queue) => queue.id) });
    await client.call('PUT', `specialists/${id}/capacity`, { capacity: 1_000 });
    await client.call('PUT', `specialists/${id}/presence`, { presence: 'on' });
  }
}

async function openMailbox(client: DeskClient, servers: BenchServers, address: string): Promise<string> {
  const { port, password } = servers.dovecot;
  const receive = { type: 'imap', host: '127.0.0.1', port, tls: 'none', user: address, password };
  const send = { type: 'smtp', host: '127.0.0.1', port: servers.smtpPort, tls: 'none' };
  const account = { channel: 'email', name: address.split('@')[0], address, settings: { receive, send } };
  return (await client.call<{ id: string }>('POST', 'accounts', account)).id;
}

/** Where every item ended: assigned for a ticket of its own, appended for the rest. */
const ends = `
  select i.received_at, greatest(i.done_at, (
    select min(w.assigned_at) from work_item w where i.fate = 'ticket' and w.ticket_id = i.ticket_id)) as ended_at
  from inbox i where i.account_id = $1 and i.state = 'done' and (i.fate <> 'ticket' or exists (
    select from work_item w where w.ticket_id = i.ticket_id and w.assigned_at is not null))`;

async function ended(database: pg.Client, account: string, count: number): Promise<void> {
  const deadline = performance.now() + 300_000;
  const ask = async (sql: string): Promise<number> => {
    const { rows } = await database.query<{ count: number }>(sql, [account]);
    return rows[0]?.count ?? 0;
  };
  for (;;) {
    // The cheap question first: asking must not weigh on what is measured.
    const done = await ask(`select count(*)::int from inbox where account_id = $1 and state = 'done'`);
    if (done >= count && (await ask(`select count(*)::int from (${ends}) e`)) >= count) return;
    if (performance.now() > deadline) throw new Error(`only ${done} of ${count} mails ended within five minutes`);
    process.stderr.write(`  ${done} of ${count}\n`);
    await delay(500);
  }
}

/** Nothing waits to be sent any more. */
async function sent(database: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await database.query(`select from outbox where state in ('queued', 'sending') limit 1`);
    if (rows.length === 0) return;
    await delay(200);
  }
}

async function figures(
  database: pg.Client,
  account: string,
): Promise<Pick<DeskFigures, 'seconds' | 'p50Ms' | 'p99Ms' | 'fates'>> {
  const { rows } = await database.query<{ seconds: number; p50: number; p99: number }>(
    `with e as (${ends})
     select extract(epoch from max(ended_at) - (select state_at from account where id = $1))::float8 as seconds,
       1000 * percentile_cont(0.5) within group (order by extract(epoch from ended_at - received_at)) as p50,
       1000 * percentile_cont(0.99) within group (order by extract(epoch from ended_at - received_at)) as p99
     from e`,
    [account],
  );
  const { seconds = 0, p50 = 0, p99 = 0 } = rows[0] ?? {};
  const counted = await database.query<{ fate: string; count: number }>(
    'select fate, count(*)::int from inbox where account_id = $1 group by fate order by fate',
    [account],
  );
  return {
    seconds,
    p50Ms: p50,
    p99Ms: p99,
    fates: Object.fromEntries(counted.rows.map((row) => [row.fate, row.count])),
  };
}
