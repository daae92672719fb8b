import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JobQueue, type JobSource } from '../job-queue.js';
import { QueueTiming } from '../queue-timing.js';
import { QueueLink } from '../servers/queue-link.service.js';
import { JobRegistry } from './job-registry.service.js';
import { JobWorkers } from './job-workers.service.js';
import { QueueMetrics } from './queue-metrics.service.js';

/** Ids that a source is asked for at once. */
const page = 500;
/** A queue that holds so many needs no more put on: the rows are safe where they are. */
const deepEnough = 1_000;

/**
 * Brings unfinished rows to the queue: what was never put on, what the server lost, what a worker left. While the
 * server is away for long, hands them to the workers of this process itself.
 */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(Dispatcher.name);
  private readonly busy = new Map<JobSource, Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private ticking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly registry: JobRegistry,
    private readonly queue: JobQueue,
    private readonly link: QueueLink,
    private readonly workers: JobWorkers,
    private readonly timing: QueueTiming,
    private readonly metrics: QueueMetrics,
  ) {}

  onApplicationBootstrap(): void {
    this.link.onConnect(() => this.wake());
    this.timer = setInterval(() => this.wake(), this.timing.tickMs);
    this.wake();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.ticking;
    await Promise.all(this.busy.values());
  }

  private wake(): void {
    if (this.stopped) return;
    this.ticking ??= this.tick().finally(() => {
      this.ticking = undefined;
    });
  }

  private async tick(): Promise<void> {
    await this.link.look();
    this.metrics.polling(this.link.isLost);
    // Each source goes at its own pace: one that is slow holds nobody up.
    for (const source of this.registry.sources) if (!this.busy.has(source)) this.attend(source);
  }

  private attend(source: JobSource): void {
    const attended = this.serve(source)
      .catch((err: unknown) => this.log.warn({ err, job: source.job, msg: 'Unfinished work was not looked for' }))
      .finally(() => this.busy.delete(source));
    this.busy.set(source, attended);
  }

  private async serve(source: JobSource): Promise<void> {
    if (this.link.isUp) return this.putOn(source);
    if (this.link.isLost && this.workers.works(source.job)) return this.poll(source);
  }

  private async putOn(source: JobSource): Promise<void> {
    for (let full = true; full && !this.stopped;) {
      const { waiting } = await this.queue.counts(source.job);
      if (waiting >= deepEnough) return;
      const ids = await source.due(page);
      if (ids.length > 0) await this.queue.add(source.job, ids);
      full = ids.length === page;
    }
  }

  private async poll(source: JobSource): Promise<void> {
    for (let some = true; some && this.link.isLost && !this.stopped;) {
      const ids = await source.due(page);
      await this.workers.workNow(source.job, ids);
      some = ids.length > 0;
    }
  }
}
