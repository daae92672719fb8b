import { Injectable } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { faultOf, PlatformConfig, tellFaults } from '#libs/platform';
import type { AccountRow } from '../accounts/account-row.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import { AccountsService } from '../accounts/accounts.service.js';
import type { Account, AccountFacts, AccountTrouble, ChannelAdapter } from '../channel-adapter.js';
import { Adapters } from './adapters.js';

/** An account with its adapter; `account` is there when its settings are right, else `fault` says why not. */
export interface HostedAccount {
  readonly row: AccountRow;
  readonly adapter: ChannelAdapter;
  readonly facts: AccountFacts;
  readonly account?: Account;
  readonly fault?: AccountTrouble;
}

/** The accounts of the channels of this process, with settings opened and checked; read again every few seconds. */
@Injectable()
export class HostedAccounts {
  private byId: ReadonlyMap<AccountId, HostedAccount> = new Map();

  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly service: AccountsService,
    private readonly adapters: Adapters,
    private readonly config: PlatformConfig,
  ) {}

  get all(): readonly HostedAccount[] {
    return [...this.byId.values()];
  }

  async refresh(): Promise<void> {
    const found = await this.accounts.list(this.database.db, { channels: this.adapters.kinds });
    const own = new Map<string, string[]>();
    for (const { channel, address } of found) {
      if (address) own.set(channel, [...(own.get(channel) ?? []), address.toLowerCase()]);
    }
    this.byId = new Map(found.map((row) => [row.id, this.hosted(row, own.get(row.channel) ?? [])]));
  }

  /** The account as last read; one that is new is read now. */
  async get(id: AccountId): Promise<HostedAccount | undefined> {
    if (!this.byId.has(id)) await this.refresh();
    return this.byId.get(id);
  }

  private hosted(row: AccountRow, ownAddresses: readonly string[]): HostedAccount {
    const adapter = this.adapters.get(row.channel);
    const facts = { id: row.id, address: row.address ?? undefined, ownAddresses };
    const before = this.byId.get(row.id);
    // Settings are opened and checked again only when they changed.
    if (before?.row.version === row.version) {
      const { account, fault } = before;
      return { row, adapter, facts, ...(account && { account }), ...(fault && { fault }) };
    }
    return { row, adapter, facts, ...this.checked(row, adapter) };
  }

  private checked(row: AccountRow, adapter: ChannelAdapter): { account: Account } | { fault: AccountTrouble } {
    const settings = this.service.settings(row);
    if (!settings) return { fault: { code: 'secrets-unreadable', detail: '' } };
    const parsed = adapter.settings.safeParse(settings, { reportInput: true });
    if (parsed.success) {
      return { account: { id: row.id, name: row.name, address: row.address ?? undefined, settings: parsed.data } };
    }
    // Paths and rules only: the values may be secret.
    const faults = tellFaults(this.config.DESK_LOCALE, parsed.error.issues.map(faultOf));
    const detail = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return { fault: { code: 'settings-invalid', detail } };
  }
}
