import { Injectable, Logger } from '@nestjs/common';
import { jobs, type InboundMessage, type InboxId } from '#libs/contracts';
import { Database } from '#libs/database';
import { JobQueue } from '#libs/queue';
import { InboxRepository } from '../inbox/inbox.repository.js';
import { RawInboxRepository } from '../inbox/raw-inbox.repository.js';
import { Gather } from './gather.js';

/** Writes what became of raw rows, many in a statement, and rings the router after it. */
@Injectable()
export class RawEnds {
  private readonly log = new Logger(RawEnds.name);
  private readonly readies = new Gather(async (items: readonly { id: InboxId; message: InboundMessage }[]) => {
    const ready = await this.raw.ready(this.database.db, items);
    await this.queue.add(jobs.inbound, ready);
    return items;
  });
  private readonly ignored = new Gather(async (items: readonly { id: InboxId; reason: string }[]) => {
    const ends = items.map((item) => ({ ...item, fate: 'ignored' as const }));
    const freed = await this.inbox.finish(this.database.db, ends);
    if (freed.length > 0) await this.queue.add(jobs.inbound, freed);
    return items;
  });

  constructor(
    private readonly database: Database,
    private readonly queue: JobQueue,
    private readonly raw: RawInboxRepository,
    private readonly inbox: InboxRepository,
  ) {}

  async ready(id: InboxId, message: InboundMessage): Promise<void> {
    await this.readies.add({ id, message });
  }

  async ignore(id: InboxId, reason: string): Promise<void> {
    await this.ignored.add({ id, reason });
  }

  /** Something of ours failed: the row comes again. Never throws, because its claim ends anyway. */
  async delay(id: InboxId, error: unknown): Promise<void> {
    const name = error instanceof Error ? error.name : typeof error;
    this.log.warn({ inboxId: id, error: name }, 'not normalized');
    await this.raw.delay(this.database.db, [id], name).catch(() => undefined);
  }

  countDeath(id: InboxId): Promise<number> {
    return this.raw.countDeath(this.database.db, id);
  }
}
