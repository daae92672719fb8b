import { Injectable, Logger } from '@nestjs/common';
import { type OutboundMessage, Refused, Retry } from '#libs/contracts';
import { FileStore } from '#libs/files';
import { Secrets } from '#libs/platform';
import type { Account, ChannelAdapter, Fence } from '../channel-adapter.js';
import type { ClaimedRow } from '../outbox/outbox-row.js';
import { AccountStatus } from './account-status.service.js';
import { HostLimits } from './host-limits.js';
import { HostedAccounts } from './hosted-accounts.service.js';
import { holdsAccount, outcomeOf } from './outcome-of.js';
import { troubleOfRetry } from './trouble-of.js';
import { SendingEnds, type Attempt } from './sending-ends.service.js';

/** One claimed row to its outcome: send behind the fence, record how it ended. */
@Injectable()
export class SendAttempt {
  private readonly log = new Logger(SendAttempt.name);

  constructor(
    private readonly files: FileStore,
    private readonly accounts: HostedAccounts,
    private readonly ends: SendingEnds,
    private readonly status: AccountStatus,
    private readonly limits: HostLimits,
    private readonly secrets: Secrets,
  ) {}

  async run(adapter: ChannelAdapter, row: ClaimedRow): Promise<void> {
    const until = performance.now() + this.limits.sendLeaseMs;
    const attempt = await this.send(adapter, row);
    const { state } = attempt.outcome;
    this.log[state === 'sent' ? 'debug' : 'warn']({ outboxId: row.id, accountId: row.accountId, state }, 'outbound');
    await this.ends.settle(attempt, until);
    await this.show(attempt);
  }

  private async send(adapter: ChannelAdapter, row: ClaimedRow): Promise<Attempt> {
    let fenced = false;
    const fence: Fence = async () => {
      if (fenced) throw new Error('the fence was called twice');
      if (!(await this.ends.fence(row))) throw new Error('the lease is gone');
      fenced = true;
    };
    try {
      const account = await this.account(row);
      const { externalId, createdAt } = row;
      const item = {
        message: this.opened(row),
        externalId,
        createdAt,
        file: (content: string) => this.files.get(content),
      };
      const sent = await this.inTime((stop) => adapter.send(account, item, fence, stop));
      return { row, outcome: { state: 'sent', providerId: sent.providerId } };
    } catch (error) {
      return {
        row,
        outcome: outcomeOf(error, fenced, row.attempts, Math.random()),
        ...(holdsAccount(error) && { hold: error }),
        ...(error instanceof Refused && error.recipientGone && { gone: true }),
      };
    }
  }

  /** The message with the text that only its receiver may read. */
  private opened({ message: { sealedText, ...message } }: ClaimedRow): OutboundMessage {
    if (sealedText === undefined) return message;
    try {
      return { ...message, text: this.secrets.unseal(sealedText) };
    } catch {
      throw new Refused('sealed', 'The text was sealed with another SECRET_KEY.');
    }
  }

  /** An adapter that does not heed its signal is left behind: its time-outs are shorter than the lease all the same. */
  private async inTime<Result>(send: (stop: AbortSignal) => Promise<Result>): Promise<Result> {
    const stop = AbortSignal.timeout(this.limits.sendMs);
    const late = new Promise<never>((_, reject) => {
      stop.addEventListener('abort', () => setTimeout(() => reject(new Error('took too long')), this.limits.lateMs), {
        once: true,
      });
    });
    return Promise.race([send(stop), late]);
  }

  private async account({ accountId }: ClaimedRow): Promise<Account> {
    const hosted = await this.accounts.get(accountId);
    if (hosted?.account) return hosted.account;
    throw new Retry(hosted?.fault?.code ?? 'internal', { scope: 'account' });
  }

  /** A provider that names a delay is only busy; one that does not is in trouble, which people should see. */
  private async show({ row, hold }: Attempt): Promise<void> {
    if (hold && hold.afterMs === undefined) {
      await this.status.show(row.accountId, 'failing', troubleOfRetry(hold));
    } else if (row.probe && !hold) await this.status.show(row.accountId, 'running');
  }
}
