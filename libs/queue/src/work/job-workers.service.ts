import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DelayedError, type Job, type Worker } from 'bullmq';
import type { JobHandler } from '../job-queue.js';
import { QueueTiming } from '../queue-timing.js';
import { QueueLink } from '../servers/queue-link.service.js';
import { QueueServer } from '../servers/queue-server.client.js';
import { JobBatcher, usualFlights } from './job-batcher.service.js';
import { JobRegistry } from './job-registry.service.js';
import { QueueMetrics } from './queue-metrics.service.js';
import { readPayload } from './read-payload.js';

/** Works the jobs of this process. Starts when all is built, and ends by finishing what it has begun. */
@Injectable()
export class JobWorkers implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(JobWorkers.name);
  private readonly batchers = new Map<string, JobBatcher>();
  private readonly workers: Worker[] = [];

  constructor(
    private readonly registry: JobRegistry,
    private readonly server: QueueServer,
    private readonly link: QueueLink,
    private readonly timing: QueueTiming,
    private readonly metrics: QueueMetrics,
  ) {}

  onApplicationBootstrap(): void {
    this.registry.check();
    for (const handler of this.registry.handlers) this.start(handler);
  }

  /** Whether this process works `job`. */
  works(job: string): boolean {
    return this.batchers.has(job);
  }

  /** Does the ids at once, past the queue's server; what fails is left to its source. */
  async workNow(job: string, ids: readonly string[]): Promise<void> {
    const batcher = this.batchers.get(job);
    if (batcher) await Promise.allSettled(ids.map((id) => batcher.push(id)));
  }

  /** No new jobs; those begun are finished, within limits. */
  async onModuleDestroy(): Promise<void> {
    const closing = this.workers.map((worker) => worker.close());
    for (const batcher of this.batchers.values()) batcher.hurry();
    const batchers = [...this.batchers.values()];
    const drained = await within(this.timing.drainMs, Promise.all(batchers.map((batcher) => batcher.idle())));
    if (!drained) this.log.warn({ msg: 'Handlers are still at work: what they leave is repeated by another process' });
    // Without its server a worker waits for ever to report what it did.
    await within(this.link.isUp ? this.timing.answerMs : 0, Promise.allSettled(closing));
  }

  private start(handler: JobHandler): void {
    const { job, batch, flights = usualFlights } = handler;
    const batcher = new JobBatcher({ batch, flights, handle: (ids) => this.handle(handler, ids) }, this.timing);
    this.batchers.set(job, batcher);
    const worker = this.server.worker(job, (item, token) => this.work(batcher, item, token), {
      concurrency: batch * flights,
    });
    this.workers.push(worker);
    void worker.run().catch((err: unknown) => this.log.error({ err, job, msg: 'The worker of a job ended' }));
  }

  private async work(batcher: JobBatcher, item: Job, token: string | undefined): Promise<void> {
    const payload = readPayload(item.data);
    if (payload.is === 'known') return batcher.push(payload.id);
    if (payload.is === 'garbage') {
      this.log.warn({ job: item.name, msg: 'A job that is not of this desk was dropped' });
      return;
    }
    await item.moveToDelayed(Date.now() + this.timing.unknownVersionMs, token);
    throw new DelayedError();
  }

  private async handle(handler: JobHandler, ids: readonly string[]): Promise<void> {
    const done = this.metrics.begin(handler.job, ids.length);
    try {
      await handler.handle(ids);
      done('done');
    } catch (err) {
      done('failed');
      this.log.error({ err, job: handler.job, count: ids.length, msg: 'A batch failed and will be repeated' });
      // BullMQ stores the message of an error: one of ours could hold personal data.
      throw new Error('The batch failed.');
    }
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([work.then(() => true), over]).finally(() => clearTimeout(timer));
}
