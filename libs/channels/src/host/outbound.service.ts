import { Injectable } from '@nestjs/common';
import type { OutboxId } from '#libs/contracts';
import { Database } from '#libs/database';
import type { ChannelAdapter } from '../channel-adapter.js';
import type { ClaimedRow } from '../outbox/outbox-row.js';
import { SendingRepository } from '../outbox/sending.repository.js';
import { Adapters } from './adapters.js';
import { Gather } from './gather.js';
import { HostLimits } from './host-limits.js';
import { eachOf } from './pause.service.js';
import { RawWork } from './raw-work.service.js';
import { SendAttempt } from './send-attempt.service.js';

/** Orders that are sent at the same time. */
const width = 8;
/** Rows of one order that one job sends on its way; the dispatcher brings the rest. */
const mostInARow = 50;

/** Works the outbox of the channels of this process. */
@Injectable()
export class Outbound {
  private readonly claiming = new Gather(async (wished: readonly { adapter: ChannelAdapter; id: OutboxId }[]) => {
    for (const adapter of new Set(wished.map((one) => one.adapter))) {
      await this.split(
        adapter,
        wished.filter((one) => one.adapter === adapter).map(({ id }) => id),
      );
    }
    const ids = [...new Set(wished.map(({ id }) => id))];
    const claimed = await this.sending.claim(this.database.db, ids, this.limits.sendLeaseMs);
    const rows = new Map(claimed.map((row) => [row.id, row]));
    // Wished twice at the same moment, it is given once.
    return wished.map(({ id }) => {
      const row = rows.get(id);
      rows.delete(id);
      return row;
    });
  });
  private readonly leading = new Gather(async (done: readonly ClaimedRow[]) => {
    const next = new Map<string, OutboxId>();
    for (const channel of new Set(done.map((row) => row.channel))) {
      const keys = done.filter((row) => row.channel === channel).map(({ orderKey }) => orderKey);
      const found = await this.sending.leading(this.database.db, channel, keys);
      for (const [key, id] of found) next.set(`${channel} ${key}`, id);
    }
    return done.map((row) => next.get(`${row.channel} ${row.orderKey}`));
  });

  constructor(
    private readonly database: Database,
    private readonly sending: SendingRepository,
    private readonly adapters: Adapters,
    private readonly attempt: SendAttempt,
    private readonly intake: RawWork,
    private readonly limits: HostLimits,
  ) {}

  /** Sends the rows among `ids` that may be sent now, and those that waited only for them. */
  async handle(kind: string, ids: readonly OutboxId[]): Promise<void> {
    const adapter = this.adapters.get(kind);
    // Claimed only when its turn has come, so that the lease is whole when sending begins.
    await eachOf(ids, width, async (id) => {
      const row = await this.claiming.add({ adapter, id });
      if (row) await this.follow(adapter, row);
    });
  }

  /**
   * Unfinished rows of a channel; those whose sender died are set free before. What people wrote to us goes before what
   * the desk says by itself: that waits while a flood comes in, though not for long.
   */
  async due(kind: string, limit: number): Promise<readonly OutboxId[]> {
    await this.database.transaction((tx) => this.sending.expire(tx, kind));
    const automaticAfterMs = this.intake.isFlooded ? this.limits.automaticWaitMs : 0;
    return this.sending.due(this.database.db, kind, limit, automaticAfterMs);
  }

  private async follow(adapter: ChannelAdapter, first: ClaimedRow): Promise<void> {
    let row: ClaimedRow | undefined = first;
    for (let n = 0; row && n < mostInARow; n += 1) {
      await this.attempt.run(adapter, row);
      const next: OutboxId | undefined = await this.leading.add(row);
      row = next === undefined ? undefined : await this.claiming.add({ adapter, id: next });
    }
  }

  private async split(adapter: ChannelAdapter, ids: readonly OutboxId[]): Promise<void> {
    const whole: OutboxId[] = [];
    for (const { id, message } of await this.sending.unsplit(this.database.db, ids)) {
      const parts = message.sealedText === undefined ? adapter.split(message) : [message];
      if (parts.length > 1) await this.sending.split(this.database.db, id, parts);
      else whole.push(id);
    }
    if (whole.length > 0) await this.sending.keepWhole(this.database.db, whole);
  }
}
