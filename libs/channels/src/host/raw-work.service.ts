import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '#libs/database';
import { RawInboxRepository } from '../inbox/raw-inbox.repository.js';
import type { RawRow } from '../inbox/raw-row.js';
import { Adapters } from './adapters.js';
import { HostLimits } from './host-limits.js';
import { Normalizing } from './normalizing.service.js';
import { pause, within } from './pause.service.js';

/** Bytes of raw items that may be in memory at once; taking in waits while there are more. */
const mostBytes = 32 * 2 ** 20;
/** Raw items under way at once: few enough to be done long before the claim on them ends. */
const mostItems = 2_000;
const sweepRows = 50;
const flood = 100;

/**
 * Drives raw rows: those just taken in at once, and by a sweep those that a webhook stored or a crash left behind.
 */
@Injectable()
export class RawWork implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(RawWork.name);
  private readonly stopping = new AbortController();
  private readonly busy = new Set<Promise<void>>();
  private bytes = 0;
  private waiting: (() => void)[] = [];
  private sweeps: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly inbox: RawInboxRepository,
    private readonly normalizing: Normalizing,
    private readonly adapters: Adapters,
    private readonly limits: HostLimits,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps = Promise.all(this.adapters.kinds.map((kind) => this.sweep(kind, this.stopping.signal)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await within(this.limits.stopMs, [this.sweeps, ...this.busy]);
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.bytes > mostBytes || this.busy.size > mostItems)
      await new Promise<void>((free) => this.waiting.push(free));
  }

  /** So much is under way that what can wait a little should. */
  get isFlooded(): boolean {
    return this.busy.size >= flood;
  }

  /** Begins with rows that were just taken in; does not wait for them. `bytes` are by external key. */
  start(kind: string, rows: readonly RawRow[], bytes: ReadonlyMap<string, Uint8Array>): void {
    for (const row of rows) this.begin(kind, row, bytes.get(row.externalKey));
  }

  private begin(kind: string, row: RawRow, bytes?: Uint8Array): void {
    this.bytes += row.rawBytes;
    const work = this.normalizing.finish(this.adapters.get(kind), row, bytes).finally(() => {
      this.bytes -= row.rawBytes;
      this.busy.delete(work);
      for (const free of this.waiting.splice(0)) free();
    });
    this.busy.add(work);
  }

  private async sweep(kind: string, stop: AbortSignal): Promise<void> {
    while (!stop.aborted) {
      const found = await this.take(kind);
      this.start(kind, found, new Map());
      if (found.length < sweepRows) await pause(this.limits.sweepMs, stop);
    }
  }

  private async take(kind: string): Promise<RawRow[]> {
    await this.room();
    try {
      return await this.inbox.take(this.database.db, kind, sweepRows, this.limits.claimMs);
    } catch (error) {
      this.log.warn({ channel: kind, error: (error as Error).name }, 'raw rows cannot be read');
      return [];
    }
  }
}
