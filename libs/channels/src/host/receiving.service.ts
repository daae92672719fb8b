import { Injectable, Logger } from '@nestjs/common';
import { Database } from '#libs/database';
import type { AccountTrouble, CursorPosition, Inbox, RawItem } from '../channel-adapter.js';
import { Retry } from '#libs/contracts';
import { Intake } from '../inbox/intake.service.js';
import { RawInboxRepository } from '../inbox/raw-inbox.repository.js';
import { AccountStatus } from './account-status.service.js';
import { backOff } from './back-off.js';
import { HostLimits } from './host-limits.js';
import type { HostedAccount } from './hosted-accounts.service.js';
import { RawWork } from './raw-work.service.js';
import { pause } from './pause.service.js';
import { troubleOf } from './trouble-of.js';

/** What one run of `receive` told about itself. */
interface Run {
  worked: boolean;
  reported: AccountTrouble | undefined;
  readonly told: () => void;
}

/** Keeps one account receiving: starts its adapter again with back-off, whatever it throws. */
@Injectable()
export class Receiving {
  private readonly log = new Logger(Receiving.name);

  constructor(
    private readonly database: Database,
    private readonly intake: Intake,
    private readonly inbox: RawInboxRepository,
    private readonly work: RawWork,
    private readonly status: AccountStatus,
    private readonly limits: HostLimits,
  ) {}

  /** Ends when `stop` fires. `told` is called once the account works for the first time, or shows why it does not. */
  async run(hosted: HostedAccount, stop: AbortSignal, told: () => void): Promise<void> {
    let failures = 0;
    while (!stop.aborted) {
      const run: Run = { worked: false, reported: undefined, told };
      const error = await this.once(hosted, run, stop);
      told();
      if (stop.aborted) return;
      failures = run.worked ? 1 : failures + 1;
      const trouble = troubleOf(error, run.reported);
      await this.status.show(hosted.row.id, 'failing', trouble);
      this.log.warn({ accountId: hosted.row.id, code: trouble.code, failures }, 'receiving stopped');
      const { pauseMs: first, longestPauseMs: most } = this.limits;
      const asked = error instanceof Retry ? error.afterMs : undefined;
      await pause(asked ?? backOff(failures, { first, most }, Math.random()), stop);
    }
  }

  private async once({ adapter, account, row }: HostedAccount, run: Run, stop: AbortSignal): Promise<unknown> {
    const works = async (): Promise<void> => {
      run.reported = undefined;
      if (run.worked) return;
      run.worked = true;
      await this.status.show(row.id, 'running');
      run.told();
    };
    const proven = setTimeout(() => void (run.reported ?? works()), this.limits.provenMs);
    try {
      await adapter.receive?.(account!, this.inboxOf(row, run, works), stop);
      return undefined;
    } catch (error) {
      return error ?? new Error('nothing');
    } finally {
      clearTimeout(proven);
    }
  }

  private inboxOf(row: HostedAccount['row'], run: Run, works: () => Promise<void>): Inbox {
    return {
      cursor: (name) => this.inbox.cursor(this.database.db, row.id, name),
      put: async (items: readonly RawItem[], cursor?: CursorPosition) => {
        await this.work.room();
        const added = await this.intake.put(row, items, cursor, this.limits.claimMs);
        this.work.start(row.channel, added, new Map(items.map((item) => [item.externalKey, item.bytes])));
        if (added.length > 0) await works();
        return added.length;
      },
      report: async (trouble) => {
        if (!trouble) return works();
        run.reported = trouble;
        run.worked = false;
        await this.status.show(row.id, 'failing', trouble);
        run.told();
      },
    };
  }
}
