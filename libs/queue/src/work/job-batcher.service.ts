import type { JobHandler } from '../job-queue.js';
import type { QueueTiming } from '../queue-timing.js';

/** Calls that may run at the same time where the handler does not say. */
export const usualFlights = 2;

interface Waiting {
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

type Handler = Pick<JobHandler, 'batch' | 'flights' | 'handle'>;
type Linger = Pick<QueueTiming, 'lingerMs' | 'longestLingerMs'>;

/**
 * Turns jobs that come one by one into calls of many. A full batch goes at once; one that is not full waits for the
 * next job a moment, which ends when nothing more comes. Jobs that come while all flights are out gather meanwhile.
 */
export class JobBatcher {
  private readonly waiting = new Map<string, Waiting>();
  private readonly flying = new Set<Promise<void>>();
  private readonly flights: number;
  private timer: NodeJS.Timeout | undefined;
  private firstCame = 0;
  private hurried = false;

  constructor(
    private readonly handler: Handler,
    private readonly linger: Linger,
  ) {
    this.flights = handler.flights ?? usualFlights;
  }

  /** Resolves once a call that began after this moment has done the id; rejects if that call failed. */
  push(id: string): Promise<void> {
    const known = this.waiting.get(id);
    if (known) return known.done;
    if (this.waiting.size === 0) this.firstCame = performance.now();
    const { promise: done, resolve, reject } = withResolvers();
    this.waiting.set(id, { done, resolve, reject });
    this.consider();
    return done;
  }

  /** From now on nothing waits for more to come. */
  hurry(): void {
    this.hurried = true;
    this.consider();
  }

  /** Resolves when nothing waits and nothing flies. */
  async idle(): Promise<void> {
    while (this.flying.size > 0 || this.waiting.size > 0) {
      this.consider();
      await Promise.race(this.flying);
    }
  }

  private consider(): void {
    while (this.flying.size < this.flights && (this.waiting.size >= this.handler.batch || this.isRipe())) this.fly();
    if (this.waiting.size > 0 && this.flying.size < this.flights) this.waitForMore();
  }

  /** Waited long enough, though not full. */
  private isRipe(): boolean {
    if (this.waiting.size === 0) return false;
    return this.hurried || performance.now() - this.firstCame >= this.linger.longestLingerMs;
  }

  private waitForMore(): void {
    if (this.timer) this.timer.refresh();
    else this.timer = setTimeout(() => this.nothingMoreCame(), this.linger.lingerMs);
  }

  private nothingMoreCame(): void {
    this.timer = undefined;
    if (this.waiting.size > 0 && this.flying.size < this.flights) this.fly();
  }

  private fly(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = [...this.waiting].slice(0, this.handler.batch);
    for (const [id] of batch) this.waiting.delete(id);
    this.firstCame = performance.now();
    const flight = this.call(batch).finally(() => {
      this.flying.delete(flight);
      this.consider();
    });
    this.flying.add(flight);
  }

  private async call(batch: readonly (readonly [string, Waiting])[]): Promise<void> {
    try {
      await this.handler.handle(batch.map(([id]) => id));
      for (const [, { resolve }] of batch) resolve();
    } catch (error) {
      for (const [, { reject }] of batch) reject(error);
    }
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve!: () => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<void>((good, bad) => {
    resolve = good;
    reject = bad;
  });
  return { promise, resolve, reject };
}
