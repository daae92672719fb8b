interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does one by one wished work in batches: what is added while a batch runs goes into the next one, so that a
 * statement serves as many rows as wait, and a lone row waits for nobody. A batch that fails is tried item by
 * item, so that a bad one fails alone.
 */
export class Gather<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running = false;

  /** `work` gives the results in the order of its items. */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly most = 200,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.running) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.running = true;
    // What is added in the same turn belongs to the first batch.
    await new Promise((turn) => setImmediate(turn));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.most);
      if (!(await this.tryAll(batch)) && batch.length > 1) for (const one of batch) await this.tryAll([one]);
    }
    this.running = false;
  }

  /** Whether the batch is dealt with: a single item always is, by its result or its error. */
  private async tryAll(batch: readonly Waiting<Item, Result>[]): Promise<boolean> {
    try {
      const results = await this.work(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, at) => resolve(results[at] as Result));
      return true;
    } catch (error) {
      if (batch.length === 1) batch[0]!.reject(error);
      return false;
    }
  }
}
