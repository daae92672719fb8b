import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AccountsRepository,
  AccountsService,
  ChannelsRepository,
  type Hook,
  Intake,
  type RawItem,
} from '#libs/channels';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { firstOf } from './read-pointer.js';

export interface ProviderCall {
  readonly channel: string;
  readonly account: string;
  header(name: string): string | string[] | undefined;
  readonly bytes: Uint8Array;
  /** The bytes as JSON. */
  readonly body: unknown;
}

/** Takes in what providers push. Nothing is believed before the secret fits, nothing acknowledged before it is kept. */
@Injectable()
export class HooksService {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelsRepository,
    private readonly accounts: AccountsRepository,
    private readonly service: AccountsService,
    private readonly intake: Intake,
  ) {}

  async receive(call: ProviderCall): Promise<void> {
    const { db } = this.database;
    const hook = (await this.channels.get(db, call.channel))?.hook;
    const account = hook && (await this.accounts.byName(db, call.channel, call.account));
    if (!hook || !account?.enabled) throw new DeskError('not_found', 'refusal.noAccount');
    const settings = this.service.settings(account);
    if (!settings) throw new DeskError('unavailable', 'refusal.accountSealed');
    if (!isSecret(call.header(hook.secretHeader), settings[hook.secretSetting])) throw new DeskError('forbidden');
    await this.intake.put(account, [rawItem(hook, call)]);
  }
}

function rawItem(hook: Hook, { bytes, body }: ProviderCall): RawItem {
  const externalKey = firstOf(body, hook.externalKey);
  const orderKey = firstOf(body, hook.orderKey);
  return {
    // What has no id of its own is known again by its bytes.
    externalKey: externalKey ?? `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    ...(orderKey !== undefined && { orderKey }),
    source: { hook: 'webhook' },
    bytes,
  };
}

/** Compares in constant time; an account without a secret believes nobody. */
function isSecret(given: string | string[] | undefined, expected: unknown): boolean {
  if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false;
  const [one, other] = [given, expected].map((value) => createHash('sha256').update(value).digest());
  return timingSafeEqual(one as Buffer, other as Buffer);
}
