import { createIORedisClient, Queue, Worker, type Processor } from 'bullmq';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { defaultJobOptions, type ServerReports, workerOptions } from './job-options.js';
import { QueueServer } from './queue-server.client.js';

interface Patience {
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest: number | null;
  readonly commandTimeout?: number;
  /** Commands of one turn of the event loop leave in one write: a job ends by a command of its own. */
  readonly enableAutoPipelining?: boolean;
}

/** Comes back within a second of the server. */
const retryStrategy = (attempt: number): number => Math.min(attempt * 100, 1_000);

/** Jobs in Redis or Valkey. It may lose everything at any instant: the truth is in PostgreSQL. */
export class RedisServer extends QueueServer {
  readonly kind = 'redis';
  private readonly prefix: string;
  private readonly putting: Redis;
  private readonly working: Redis;
  private readonly workers: Worker[] = [];
  private readonly queues: Queue[] = [];

  constructor(
    url: string,
    prefix: string,
    private readonly reports: ServerReports,
  ) {
    super();
    // Braces keep all keys of a queue on one node of a cluster.
    this.prefix = `{${prefix}}`;
    // Putting on must fail fast, so that a request or an intake is never held up by the queue.
    this.putting = this.connect(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: reports.answerMs,
    });
    // Working waits for the server as long as it takes.
    this.working = this.connect(url, { maxRetriesPerRequest: null, enableAutoPipelining: true });
  }

  queue(job: string): Queue {
    const queue = new Queue(job, {
      connection: createIORedisClient(this.putting),
      prefix: this.prefix,
      defaultJobOptions,
      skipMetasUpdate: true,
    });
    queue.on('error', this.reports.fault);
    this.queues.push(queue);
    return queue;
  }

  worker(job: string, work: Processor, options: { readonly concurrency: number }): Worker {
    const connection = createIORedisClient(this.working);
    const worker = new Worker(job, work, { ...workerOptions, ...options, connection, prefix: this.prefix });
    worker.on('error', this.reports.fault);
    this.workers.push(worker);
    return worker;
  }

  async ping(): Promise<void> {
    // The first look comes before the first connection.
    if (this.putting.status === 'connecting' || this.putting.status === 'connect') await once(this.putting, 'ready');
    await this.putting.ping();
  }

  onConnect(told: () => void): void {
    this.putting.on('ready', told);
  }

  async close(): Promise<void> {
    const closing = [...this.workers, ...this.queues].map((user) => user.close());
    this.putting.disconnect();
    this.working.disconnect();
    await Promise.allSettled(closing);
  }

  private connect(url: string, options: Patience): Redis {
    const redis = new Redis(url, { retryStrategy, connectTimeout: 5_000, keepAlive: 10_000, ...options });
    redis.on('error', this.reports.fault);
    return redis;
  }
}
