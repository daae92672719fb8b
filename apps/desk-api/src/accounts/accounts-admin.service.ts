import { Injectable } from '@nestjs/common';
import { type AccountRow, AccountsRepository, AccountsService, ChannelsRepository } from '#libs/channels';
import type { AccountId, QueueId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { QueuesRepository } from '#libs/specialists';
import { mustMatch, type SeenVersions } from '../versions/version-tag.js';
import { checkSettings } from './check-settings.js';
import { keepSecrets } from './keep-secrets.js';

type Settings = Readonly<Record<string, unknown>>;

export interface AccountWish {
  readonly channel: string;
  readonly name: string;
  readonly address?: string | undefined;
  readonly settings: Settings;
  readonly queueId?: QueueId | undefined;
  readonly enabled: boolean;
}

export interface AccountChange {
  readonly address?: string | null | undefined;
  readonly settings?: Settings | undefined;
  readonly queueId?: QueueId | null | undefined;
  readonly enabled?: boolean | undefined;
}

/** Mailboxes, bots and forms, as administrators set them up. */
@Injectable()
export class AccountsAdmin {
  constructor(
    private readonly database: Database,
    private readonly repository: AccountsRepository,
    private readonly accounts: AccountsService,
    private readonly channels: ChannelsRepository,
    private readonly queues: QueuesRepository,
    private readonly events: EventsRepository,
  ) {}

  async create(wish: AccountWish): Promise<AccountRow> {
    return this.database.transaction(async (tx) => {
      await this.check(tx, wish.channel, wish.settings, wish.queueId);
      if (await this.repository.byName(tx, wish.channel, wish.name)) throw new DeskError('account_exists');
      return this.declare(tx, wish);
    });
  }

  async change(id: AccountId, versions: SeenVersions, change: AccountChange): Promise<AccountRow> {
    return this.database.transaction(async (tx) => {
      const row = await this.repository.lock(tx, id);
      if (!row) throw new DeskError('not_found');
      mustMatch(versions, row.version);
      const wish = this.changed(row, change);
      await this.check(tx, wish.channel, wish.settings, wish.queueId);
      return this.declare(tx, wish);
    });
  }

  /** The account as it will be: what the change does not name stays. */
  private changed(row: AccountRow, change: AccountChange): AccountWish {
    const full = this.accounts.settings(row);
    if (!full && !change.settings) throw new DeskError('unavailable', 'refusal.accountSealed');
    return {
      channel: row.channel,
      name: row.name,
      settings: change.settings ? keepSecrets(change.settings, full ?? {}, row.settings) : (full ?? {}),
      enabled: change.enabled ?? row.enabled,
      address: (change.address === undefined ? row.address : change.address) ?? undefined,
      queueId: (change.queueId === undefined ? row.queueId : change.queueId) ?? undefined,
    };
  }

  private async declare(tx: Db, wish: AccountWish): Promise<AccountRow> {
    const row = await this.accounts.declare(tx, wish);
    await this.events.add(tx, [{ type: 'account.changed', data: { accountId: row.id } }]);
    return row;
  }

  private async check(tx: Db, channel: string, settings: Settings, queueId: QueueId | undefined): Promise<void> {
    const announced = await this.channels.get(tx, channel);
    if (!announced) {
      throw new DeskError('invalid_input', undefined, [{ path: 'channel', message: 'fault.channelNotServed' }]);
    }
    checkSettings(settings, announced.settingsSchema);
    const queues = queueId === undefined ? [] : await this.queues.list(tx);
    if (queueId !== undefined && !queues.some(({ id }) => id === queueId)) throw new DeskError('queue_unknown');
  }
}
