/** Looks that were entered within the last minutes, by name; bounded, so that a flood of names costs no memory. */
export class RecentLooks {
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly windowMs = 5 * 60_000,
    private readonly mostNames = 20_000,
  ) {}

  /** Whether this look was entered already. Does not enter it. */
  has(name: string, now: number): boolean {
    const at = this.seen.get(name);
    return at !== undefined && now - at < this.windowMs;
  }

  add(name: string, now: number): void {
    this.seen.delete(name);
    this.seen.set(name, now);
    for (const [oldest, at] of this.seen) {
      if (this.seen.size <= this.mostNames && now - at < this.windowMs) return;
      this.seen.delete(oldest);
    }
  }
}
