import { createIORedisClient, Queue, Worker } from 'bullmq';
import { ImapFlow } from 'imapflow';
import { Redis } from 'ioredis';
import pg from 'pg';
import PostalMime from 'postal-mime';
import type { BenchServers } from './bench-servers.js';
import type { Mailbox } from './measure-desk.js';

/** Mails in one fetch, one insert and one addition to the queue. */
const batch = 100;

/**
 * What no desk on these parts can be faster than: the same mails fetched by IMAP, parsed, inserted by one statement a
 * batch (raw bytes and text), added to BullMQ and taken from it, and nothing else, in one process that another mailbox has warmed up. Seconds.
 */
export async function measureFloor(servers: BenchServers, warm: Mailbox, full: Mailbox): Promise<number> {
  const database = new pg.Client({ connectionString: servers.databaseUrl });
  await database.connect();
  await database.query('create table floor (id bigint generated always as identity primary key, raw bytea, text text)');
  const connect = () => createIORedisClient(new Redis(servers.redisUrl, { maxRetriesPerRequest: null }));
  const connections = [connect(), connect()] as const;
  const defaultJobOptions = { removeOnComplete: true, removeOnFail: true };
  const queue = new Queue('floor', { connection: connections[0], prefix: 'floor', defaultJobOptions });
  await queue.waitUntilReady();
  let worked = 0;
  let told = (): void => undefined;
  const work = async (): Promise<void> => {
    worked += 1;
    told();
  };
  const worker = new Worker('floor', work, { connection: connections[1], prefix: 'floor', concurrency: batch });
  worker.on('error', () => undefined);
  const take = async ({ address, count }: Mailbox): Promise<number> => {
    const client = await mailbox(servers, address);
    const began = performance.now();
    worked = 0;
    const done = new Promise<void>((resolve) => {
      told = () => void (worked === count && resolve());
    });
    for (let from = 1; from <= count; from += batch) {
      const raws = await fetched(client, from, Math.min(count, from + batch - 1));
      const ids = await stored(database, raws);
      await queue.addBulk(ids.map((id) => ({ name: 'floor', data: { v: 1, id } })));
    }
    await done;
    const seconds = (performance.now() - began) / 1000;
    client.close();
    return seconds;
  };
  await take(warm);
  const seconds = await take(full);
  await database.end();
  for (const connection of connections) connection.disconnect();
  return seconds;
}

async function stored(database: pg.Client, raws: readonly Buffer[]): Promise<string[]> {
  const texts: string[] = [];
  for (const raw of raws) texts.push((await PostalMime.parse(raw)).text ?? '');
  const { rows } = await database.query<{ id: string }>(
    'insert into floor (raw, text) select * from unnest($1::bytea[], $2::text[]) returning id',
    [raws, texts],
  );
  return rows.map(({ id }) => id);
}

async function mailbox({ dovecot }: BenchServers, user: string): Promise<ImapFlow> {
  const { port, password } = dovecot;
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: password },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  return client;
}

async function fetched(client: ImapFlow, from: number, to: number): Promise<Buffer[]> {
  const raws: Buffer[] = [];
  for await (const { source } of client.fetch(`${from}:${to}`, { source: true })) if (source) raws.push(source);
  return raws;
}
