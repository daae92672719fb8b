export interface Allowance {
  /** How many at once. */
  readonly burst: number;
  /** How long one takes to come back. */
  readonly everyMs: number;
}

/**
 * A bounded set of leaky buckets by name. Time is an argument. It forgets the fullest-recovered names first when it
 * grows past `maxNames`, so a flood of names costs no memory.
 */
export class RateLimit {
  private readonly emptyAt = new Map<string, number>();

  constructor(
    private readonly allowance: Allowance,
    private readonly maxNames = 50_000,
  ) {}

  /** How long the name must wait, 0 when it may go on now; takes nothing. */
  waitMs(name: string, now: number): number {
    const { burst, everyMs } = this.allowance;
    return Math.max(0, (this.emptyAt.get(name) ?? now) - now - (burst - 1) * everyMs);
  }

  /** Takes one from the name's allowance. */
  take(name: string, now: number): void {
    const from = Math.max(this.emptyAt.get(name) ?? now, now);
    this.emptyAt.delete(name);
    this.emptyAt.set(name, from + this.allowance.everyMs);
    if (this.emptyAt.size > this.maxNames) this.forget(now);
  }

  /** Gives one back: what was taken in advance was not needed. */
  giveBack(name: string): void {
    const emptyAt = this.emptyAt.get(name);
    if (emptyAt !== undefined) this.emptyAt.set(name, emptyAt - this.allowance.everyMs);
  }

  /** Gives the whole allowance back: the name proved itself. */
  clear(name: string): void {
    this.emptyAt.delete(name);
  }

  private forget(now: number): void {
    for (const [name, emptyAt] of this.emptyAt) if (emptyAt <= now) this.emptyAt.delete(name);
    for (const name of this.emptyAt.keys()) {
      if (this.emptyAt.size <= this.maxNames) return;
      this.emptyAt.delete(name);
    }
  }
}
