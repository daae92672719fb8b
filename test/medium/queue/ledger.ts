import { EventEmitter, once } from 'node:events';
import type { JobHandler, JobSource } from '#libs/queue';

/** The truth of a test: rows that want to be worked, and what was done with them. */
export class Ledger {
  readonly job = 'inbound';
  /** Every call of the handler, in order. */
  readonly calls: (readonly string[])[] = [];
  /** Calls that failed by the test's wish. */
  failures = 0;
  /** What a call waits for. */
  gate: Promise<void> = Promise.resolve();
  /** Calls that are under way, and the most there ever were. */
  under = 0;
  most = 0;
  private readonly open = new Map<string, number>();
  private readonly changed = new EventEmitter();

  constructor(private readonly restMs = 300) {}

  /** Rows that nobody has put on the queue. */
  add(...ids: readonly string[]): void {
    for (const id of ids) this.open.set(id, Number.NEGATIVE_INFINITY);
  }

  /** Rows that were put on just now. */
  ring(...ids: readonly string[]): void {
    for (const id of ids) this.open.set(id, performance.now());
  }

  async due(limit: number): Promise<string[]> {
    const now = performance.now();
    const due = [...this.open].filter(([, putOn]) => now - putOn >= this.restMs).slice(0, limit);
    for (const [id] of due) this.open.set(id, now);
    return due.map(([id]) => id);
  }

  async handle(ids: readonly string[]): Promise<void> {
    this.calls.push(ids);
    this.most = Math.max(this.most, ++this.under);
    this.changed.emit('change');
    await this.gate;
    this.under--;
    if (this.failures > 0) {
      this.failures--;
      throw new Error('by the test’s wish');
    }
    for (const id of ids) this.open.delete(id);
    this.changed.emit('change');
  }

  /** Resolves when the condition holds after some call. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await once(this.changed, 'change');
  }

  /** Resolves when no row is left open. */
  done(): Promise<void> {
    return this.until(() => this.open.size === 0);
  }

  get handled(): string[] {
    return this.calls.flat();
  }
}

/** Handler and source over a ledger, as classes of which Nest makes its own. */
export const workOf = (ledger: Ledger, batch = 10, flights = 2) => {
  class LedgerHandler implements JobHandler {
    readonly job = ledger.job;
    readonly batch = batch;
    readonly flights = flights;
    handle(ids: readonly string[]): Promise<void> {
      return ledger.handle(ids);
    }
  }
  class LedgerSource implements JobSource {
    readonly job = ledger.job;
    due(limit: number): Promise<readonly string[]> {
      return ledger.due(limit);
    }
  }
  return { jobs: [ledger.job], handlers: [LedgerHandler], sources: [LedgerSource] };
};
