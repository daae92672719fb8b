import { Injectable } from '@nestjs/common';
import { jobs, type Retry, type InboundMessage, type OutboxId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { FileStore } from '#libs/files';
import { JobQueue } from '#libs/queue';
import { InboxRepository } from '../inbox/inbox.repository.js';
import type { ClaimedRow, Settlement } from '../outbox/outbox-row.js';
import { SendingRepository } from '../outbox/sending.repository.js';
import { Gather } from './gather.js';
import { HostLimits } from './host-limits.js';
import { pause } from './pause.service.js';

/** How an attempt ended, and what that means beyond its own row. */
export interface Attempt {
  readonly row: ClaimedRow;
  readonly outcome: Settlement;
  /** Everything of the account has to wait. */
  readonly hold?: Retry;
  /** The destination does not exist any more. */
  readonly gone?: boolean;
}

const repeatMs = 1_000;

/** The fence and the records of sending, many rows in a statement. */
@Injectable()
export class SendingEnds {
  private readonly fences = new Gather(async (items: readonly ClaimedRow[]) => {
    const passed = new Set(await this.sending.fence(this.database.db, items, this.limits.fenceMs));
    return items.map(({ id }) => passed.has(id));
  });
  private readonly settlements = new Gather(async (attempts: readonly Attempt[]) => {
    await this.record(attempts);
    return attempts;
  });

  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly queue: JobQueue,
    private readonly sending: SendingRepository,
    private readonly inbox: InboxRepository,
    private readonly limits: HostLimits,
  ) {}

  /** Whether the row may be sent from here on: it is still ours and there is time enough. */
  fence(row: ClaimedRow): Promise<boolean> {
    return this.fences.add(row);
  }

  /**
   * Records an attempt and repeats that while its lease lives: a database that is away for a moment must not make
   * an outcome unknown that we know.
   */
  async settle(attempt: Attempt, until: number): Promise<void> {
    for (;;) {
      try {
        await this.settlements.add(attempt);
        return;
      } catch (error) {
        if (performance.now() > until) throw error;
        await pause(repeatMs);
      }
    }
  }

  private async record(attempts: readonly Attempt[]): Promise<void> {
    const gone = attempts.filter((attempt) => attempt.gone);
    const reports = gone.map(({ row, outcome }) => goneReport(row, outcome));
    const bytes = reports.map((report) => new TextEncoder().encode(JSON.stringify(report)));
    const raw = bytes.length > 0 ? await this.files.put(bytes) : [];
    await this.database.transaction(async (tx, afterCommit) => {
      await this.sending.settle(
        tx,
        attempts.map(({ row, outcome }) => ({ ...row, outcome })),
      );
      await this.moveHolds(tx, attempts);
      const ids: string[] = [];
      for (const [at, { row }] of gone.entries()) {
        const { id } = await this.inbox.putReady(tx, {
          accountId: row.accountId,
          channel: row.channel,
          externalKey: reports[at]!.externalId,
          raw: raw[at]!,
          rawBytes: bytes[at]!.byteLength,
          message: reports[at]!,
        });
        ids.push(id);
      }
      if (ids.length > 0) afterCommit(() => this.queue.add(jobs.inbound, ids));
    });
  }

  private async moveHolds(tx: Db, attempts: readonly Attempt[]): Promise<void> {
    for (const { row, hold } of attempts) {
      if (hold) await this.sending.hold(tx, row.accountId, hold.afterMs, row.probe);
    }
    const works = attempts.filter(({ row, hold }) => row.probe && !hold).map(({ row }) => row.accountId);
    if (works.length > 0) await this.sending.release(tx, works);
  }
}

/** What a provider said about a destination, as a report like those that come in by themselves: one road for both. */
function goneReport(row: { id: OutboxId } & ClaimedRow, outcome: Settlement): InboundMessage {
  const { code, reason } = outcome.state === 'sent' ? { code: '', reason: '' } : outcome;
  return {
    v: 1,
    type: 'report',
    externalId: `gone:${row.externalId}:${row.attempts}`,
    sender: { addresses: [] },
    replyTo: '',
    others: [],
    subject: '',
    text: '',
    attachments: [],
    thread: { references: [], subjectNumbers: [] },
    automatic: 'system',
    report: {
      externalId: row.externalId,
      recipient: row.destination,
      outcome: 'failed',
      status: code.slice(0, 64),
      detail: reason.slice(0, 1000),
    },
    flags: [],
  };
}
