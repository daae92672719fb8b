import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import { Database } from '#libs/database';
import { EventBell, EventsRepository, JobQueue } from '#libs/queue';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';

const mostAtOnce = 500;
/** A bell can be missed, and the end of the stream may wait for an open transaction. */
const lookMs = 5_000;
/** How often deliveries are looked at that are too old to be kept. */
const sweepMs = 600_000;
const sweptAtOnce = 5_000;
/** Bells that ring together are heard as one. */
const gatherMs = 100;

/** Turns what happens into deliveries, one process at a time, each event once. */
@Injectable()
export class WebhookFanOut implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(WebhookFanOut.name);
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private rung = false;
  private closed = false;
  private sweptAt = 0;
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly events: EventsRepository,
    private readonly bell: EventBell,
    private readonly queue: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.bell.subscribe(() => this.wake(gatherMs));
    this.wake(gatherMs);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    this.unsubscribe?.();
    clearTimeout(this.timer);
    await this.working;
  }

  /** Reads what came since the last time; gives how many events it read. */
  async round(): Promise<number> {
    if (!(await this.endpoints.anyListens(this.database.db))) return 0;
    return this.database.transaction(async (tx, afterCommit) => {
      const from = await this.deliveries.lockCursor(tx);
      if (from === undefined) return 0;
      const events = await this.events.after(tx, from, mostAtOnce);
      const last = events.at(-1);
      if (!last) return 0;
      const ids = await this.deliveries.fanOut(tx, events);
      await this.deliveries.moveCursor(tx, last.id);
      if (ids.length > 0) afterCommit(() => this.queue.add(jobs.webhooks, ids));
      return events.length;
    });
  }

  private wake(afterMs: number): void {
    if (this.closed) return;
    this.rung = true;
    if (this.working) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.working = this.work().finally(() => {
        this.working = undefined;
        if (this.rung) this.wake(gatherMs);
        else if (!this.closed) this.timer = setTimeout(() => this.wake(0), lookMs).unref();
      });
    }, afterMs).unref();
  }

  private async work(): Promise<void> {
    this.rung = false;
    try {
      while (!this.closed && (await this.round()) === mostAtOnce);
      await this.sweep();
    } catch (err) {
      this.log.warn({ err, msg: 'Events could not be turned into webhooks; tried again shortly' });
    }
  }

  private async sweep(): Promise<void> {
    if (performance.now() - this.sweptAt < sweepMs && this.sweptAt > 0) return;
    this.sweptAt = performance.now();
    await this.deliveries.dropOld(this.database.db, sweptAtOnce);
  }
}
