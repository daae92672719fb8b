import { createPostgresBackend, DEFAULT_SCHEMA, Queue, runMigrations, Worker, type Processor } from 'bullmq';
import pg from 'pg';
import { defaultJobOptions, type ServerReports, workerOptions } from './job-options.js';
import { QueueServer } from './queue-server.client.js';

/** Most connections for putting on, and for each worker besides the one on which it listens. */
const puttingPool = 2;
const workerPool = 2;

/** A job that a crash takes is put on again from its row, so the queue need not wait for the disk. */
const session = '-c synchronous_commit=off';

/** Tables of the queue change all the time and stay small: left to the defaults they swell and slow down. */
const tidy = ['job', 'event'].map(
  (table) => `alter table ${DEFAULT_SCHEMA}.${table} set (autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0, fillfactor = 70)`,
);

/** Any number that only this use of `pg_advisory_lock` has. */
const preparingLock = 7_249_002;

/**
 * Jobs in the desk's own PostgreSQL, schema `bullmq`: nothing else to install. Two desks never share a database, so
 * queues need no prefix here.
 */
export class PostgresServer extends QueueServer {
  readonly kind = 'postgres';
  private readonly putting: pg.Pool;
  private readonly workers: Worker[] = [];
  private readonly queues: Queue[] = [];
  private closed = false;

  private constructor(
    private readonly url: string,
    private readonly reports: ServerReports,
  ) {
    super();
    // A pool of one's own: a worker's pool lends a client for listening for ever, so sharing it ends in a deadlock.
    this.putting = new pg.Pool({
      ...this.connection(puttingPool),
      options: `${session} -c search_path=${DEFAULT_SCHEMA} -c statement_timeout=5000`,
      connectionTimeoutMillis: reports.answerMs,
    });
    this.putting.on('error', reports.fault);
  }

  /** Prepares the schema; processes that start together wait for one another. */
  static async open(url: string, reports: ServerReports): Promise<PostgresServer> {
    const client = new pg.Client({ connectionString: url, application_name: 'switchboard queue schema' });
    await client.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [preparingLock]);
      await runMigrations(client);
      const { rows } = await client.query<{ tidied: boolean }>(
        `select reloptions is not null as tidied from pg_class where oid = to_regclass($1)`,
        [`${DEFAULT_SCHEMA}.job`],
      );
      if (rows[0]?.tidied !== true) for (const statement of tidy) await client.query(statement);
    } finally {
      await client.end();
    }
    return new PostgresServer(url, reports);
  }

  queue(job: string): Queue {
    const queue = new Queue(
      job,
      { connection: this.putting as never, defaultJobOptions, skipMetasUpdate: true },
      createPostgresBackend as never,
    );
    queue.on('error', this.reports.fault);
    this.queues.push(queue);
    return queue;
  }

  worker(job: string, work: Processor, options: { readonly concurrency: number }): Worker {
    const worker = new Worker(
      job,
      work,
      { ...workerOptions, ...options, connection: { ...this.connection(workerPool), options: session } as never },
      createPostgresBackend as never,
    );
    worker.on('error', this.reports.fault);
    this.workers.push(worker);
    return worker;
  }

  async ping(): Promise<void> {
    await this.putting.query('select 1');
  }

  onConnect(told: () => void): void {
    this.putting.on('connect', told);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled([...this.workers, ...this.queues].map((user) => user.close()));
    await this.putting.end();
  }

  private connection(max: number): pg.PoolConfig {
    return {
      connectionString: this.url,
      application_name: 'switchboard queue',
      max,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    };
  }
}
