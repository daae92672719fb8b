import { Injectable, type OnModuleInit } from '@nestjs/common';
import { accountStates, type Level, LevelsRepository } from '#libs/channels';
import { jobs, outboundJob } from '#libs/contracts';
import { Database } from '#libs/database';
import { Metrics } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import { WorkLoadRepository } from '#libs/routing';
import { QueuesRepository } from '#libs/specialists';

type Gauge = ReturnType<Metrics['gauge']>;

/** The levels of the whole desk, read from the truth at every scrape. */
@Injectable()
export class DeskMetrics implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly levels: LevelsRepository,
    private readonly load: WorkLoadRepository,
    private readonly queues: QueuesRepository,
    private readonly queue: JobQueue,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const { metrics } = this;
    this.levelGauges('inbound', 'Inbound items without an end', () => this.levels.inbound(this.database.db));
    this.levelGauges('outbox', 'Outbound items that have not left', () => this.levels.outbound(this.database.db));
    metrics.gauge('switchboard_queue_waiting', 'Tickets that wait, by queue', ['queue'], (gauge) =>
      this.setLoad(gauge, ({ waiting }) => waiting),
    );
    metrics.gauge('switchboard_queue_assigned', 'Tickets that somebody works on, by queue', ['queue'], (gauge) =>
      this.setLoad(gauge, ({ assigned }) => assigned),
    );
    metrics.gauge('switchboard_queue_oldest_seconds', 'Age of the oldest ticket that waits', ['queue'], (gauge) =>
      this.setLoad(gauge, ({ oldestAgeSeconds }) => oldestAgeSeconds ?? 0),
    );
    metrics.gauge(
      'switchboard_account_up',
      '1 for the state an account is in',
      ['channel', 'account', 'state'],
      (gauge) => this.setAccounts(gauge),
    );
    metrics.gauge('switchboard_jobs', 'Jobs of BullMQ', ['job', 'state'], (gauge) => this.setJobs(gauge));
  }

  private levelGauges(name: string, help: string, read: () => Promise<Level[]>): void {
    const labels = ['channel', 'state'] as const;
    this.metrics.gauge(`switchboard_${name}_items`, help, labels, async (gauge) => {
      const levels = await read();
      gauge.reset();
      for (const { channel, state, items } of levels) gauge.set({ channel, state }, items);
    });
    this.metrics.gauge(`switchboard_${name}_oldest_seconds`, `${help}: age of the oldest`, labels, async (gauge) => {
      const levels = await read();
      gauge.reset();
      for (const { channel, state, oldestSeconds } of levels) gauge.set({ channel, state }, oldestSeconds);
    });
  }

  private async setLoad(
    gauge: Gauge,
    value: (load: { waiting: number; assigned: number; oldestAgeSeconds: number | null }) => number,
  ): Promise<void> {
    const [queues, loads] = await Promise.all([
      this.queues.list(this.database.db),
      this.load.byQueue(this.database.db),
    ]);
    gauge.reset();
    for (const { id, key } of queues) {
      const load = loads.find(({ queueId }) => queueId === id);
      gauge.set({ queue: key }, load ? value(load) : 0);
    }
  }

  private async setAccounts(gauge: Gauge): Promise<void> {
    const accounts = await this.levels.accounts(this.database.db);
    gauge.reset();
    for (const { channel, name, state } of accounts) {
      for (const known of accountStates) gauge.set({ channel, account: name, state: known }, known === state ? 1 : 0);
    }
  }

  private async setJobs(gauge: Gauge): Promise<void> {
    const channels = new Set((await this.levels.accounts(this.database.db)).map(({ channel }) => channel));
    for (const job of [...Object.values(jobs), ...[...channels].map(outboundJob)]) {
      const counts: Readonly<Record<string, number>> = await this.queue.counts(job);
      for (const [state, count] of Object.entries(counts)) gauge.set({ job, state }, count);
    }
  }
}
