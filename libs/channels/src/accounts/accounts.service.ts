import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { QueueId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { Secrets } from '#libs/platform';
import type { AccountRow } from './account-row.js';
import { AccountsRepository } from './accounts.repository.js';
import { ChannelsRepository } from './channels.repository.js';
import { mergeSecrets, splitSecrets } from './secret-settings.js';

type Settings = Readonly<Record<string, unknown>>;

/** An account as a person declares it: all settings in one, the secret ones readable. */
export interface DeclaredAccount {
  readonly channel: string;
  readonly name: string;
  readonly address?: string | undefined;
  readonly settings: Settings;
  readonly queueId?: QueueId | undefined;
  readonly enabled: boolean;
}

/** The only place where secret settings are sealed and opened. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly channels: ChannelsRepository,
    private readonly secrets: Secrets,
  ) {}

  /** Makes or changes the account of this channel and name. Declaring the same again changes nothing. */
  async declare(db: Db, declared: DeclaredAccount): Promise<AccountRow> {
    const schema = (await this.channels.get(db, declared.channel))?.settingsSchema;
    const { open, secret } = splitSecrets(declared.settings, schema);
    const before = await this.accounts.byName(db, declared.channel, declared.name);
    return this.accounts.upsert(db, {
      channel: declared.channel,
      name: declared.name,
      address: declared.address?.toLowerCase() ?? null,
      settings: open,
      // Sealing is never the same twice: what did not change keeps its sealed form, and so the row its version.
      secrets: before && isDeepStrictEqual(this.open(before), secret) ? before.secrets : this.seal(secret),
      queueId: declared.queueId ?? null,
      enabled: declared.enabled,
    });
  }

  /** Parts the settings of a channel's accounts again, after its adapter announced what is secret. */
  async resplit(db: Db, channel: string): Promise<void> {
    for (const row of await this.accounts.list(db, { channels: [channel] })) {
      const settings = this.settings(row);
      if (!settings) continue;
      const { id: _id, address, queueId, ...declared } = row;
      await this.declare(db, { ...declared, settings, address: address ?? undefined, queueId: queueId ?? undefined });
    }
  }

  /** All settings of an account; undefined when its secrets cannot be opened with the key of this process. */
  settings(row: AccountRow): Settings | undefined {
    const secret = this.open(row);
    return secret && (mergeSecrets(row.settings, secret) as Settings);
  }

  private seal(secret: Settings): string | null {
    return Object.keys(secret).length > 0 ? this.secrets.seal(JSON.stringify(secret)) : null;
  }

  private open(row: AccountRow): Settings | undefined {
    if (row.secrets === null) return {};
    try {
      return JSON.parse(this.secrets.unseal(row.secrets)) as Settings;
    } catch {
      return undefined;
    }
  }
}
