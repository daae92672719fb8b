import type { Inbox, RawItem } from '#libs/channels';
import { chunkBytes, chunkMails } from './fetch-plan.js';

interface Waiting {
  readonly item: RawItem;
  readonly done: (error?: unknown) => void;
}

/** Stores what many connections hand over at the same moment in one go; each learns how its own mail fared. */
export class MailBatch {
  private readonly waiting: Waiting[] = [];
  private busy = false;

  constructor(private readonly inbox: Pick<Inbox, 'put'>) {}

  /** Resolves once the mail is committed. */
  put(item: RawItem): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, done: (error) => (error === undefined ? resolve() : reject(error as Error)) });
      if (!this.busy) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const batch = this.take();
      const error: unknown = await this.inbox.put(batch.map(({ item }) => item)).then(
        () => undefined,
        (reason: unknown) => reason ?? new Error('not stored'),
      );
      for (const { done } of batch) done(error);
    }
    this.busy = false;
  }

  private take(): Waiting[] {
    let bytes = 0;
    let count = 0;
    while (count < this.waiting.length && count < chunkMails && (count === 0 || bytes < chunkBytes)) {
      bytes += this.waiting[count]!.item.bytes.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }
}
