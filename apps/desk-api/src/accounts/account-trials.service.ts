import { Injectable } from '@nestjs/common';
import { type Principal, principalName, RateLimit } from '#libs/access';
import { AccountsRepository, AccountsService, ChannelsRepository, type Check, TrialRequests } from '#libs/channels';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { checkSettings } from './check-settings.js';
import { keepSecrets } from './keep-secrets.js';

type Settings = Readonly<Record<string, unknown>>;

export interface TrialWish {
  readonly channel: string;
  readonly address?: string | undefined;
  readonly settings: Settings;
  /** The account whose secrets stand for those that are left out. */
  readonly accountId?: AccountId | undefined;
}

/** Settings of a channel, tried before they are saved. */
@Injectable()
export class AccountTrials {
  private readonly callers = new RateLimit({ burst: 5, everyMs: 10_000 });

  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly service: AccountsService,
    private readonly channels: ChannelsRepository,
    private readonly trials: TrialRequests,
  ) {}

  async try(wish: TrialWish, caller: Principal): Promise<readonly Check[]> {
    this.take(principalName(caller));
    const announced = await this.channels.get(this.database.db, wish.channel);
    if (!announced) {
      throw new DeskError('invalid_input', undefined, [{ path: 'channel', message: 'fault.channelNotServed' }]);
    }
    const { name, settings } = await this.whole(wish);
    checkSettings(settings, announced.settingsSchema);
    return this.trials.run(wish.channel, { name, address: wish.address?.toLowerCase(), settings });
  }

  private async whole({ channel, settings, accountId }: TrialWish): Promise<{ name: string; settings: Settings }> {
    if (accountId === undefined) return { name: 'trial', settings };
    const row = await this.accounts.get(this.database.db, accountId);
    if (!row || row.channel !== channel) throw new DeskError('not_found', 'refusal.noAccount');
    const full = this.service.settings(row);
    if (!full) throw new DeskError('unavailable', 'refusal.accountSealed');
    return { name: row.name, settings: keepSecrets(settings, full, row.settings) };
  }

  private take(caller: string): void {
    const waitMs = this.callers.waitMs(caller, Date.now());
    if (waitMs > 0) {
      throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(waitMs / 1000) });
    }
    this.callers.take(caller, Date.now());
  }
}
