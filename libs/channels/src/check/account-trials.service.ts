import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { EgressGuard, EgressRefused, Secrets } from '#libs/platform';
import type { Account, AddressOf, ChannelAdapter, Check, Place } from '../channel-adapter.js';
import { Adapters } from '../host/adapters.js';
import { AccountTrialsRepository } from './account-trials.repository.js';
import { tellable } from './tellable-checks.js';
import { readTrial } from './trial.js';

/** Longest that one trial may take. */
const patienceMs = 20_000;

/**
 * Tries settings that nobody saved yet, in the process that would serve them, because only there the network is the
 * one that counts. It connects to nothing inside, unless `EGRESS_ALLOW` names it.
 */
@Injectable()
export class AccountTrials {
  constructor(
    private readonly database: Database,
    private readonly trials: AccountTrialsRepository,
    private readonly adapters: Adapters,
    private readonly secrets: Secrets,
    private readonly guard: EgressGuard,
  ) {}

  due(channel: string, limit: number): Promise<readonly string[]> {
    return this.trials.due(this.database.db, channel, limit);
  }

  async handle(channel: string, ids: readonly string[]): Promise<void> {
    const claimed = await this.trials.claim(this.database.db, channel, ids);
    await Promise.all(
      claimed.map(async ({ id, request }) => {
        const checks = await this.run(this.adapters.get(channel), request);
        await this.trials.end(this.database.db, id, checks.map(tellable));
      }),
    );
  }

  private async run(adapter: ChannelAdapter, request: string): Promise<readonly Check[]> {
    try {
      const { name, address, settings } = readTrial(this.secrets.unseal(request));
      const parsed = adapter.settings.safeParse(settings);
      if (!parsed.success) return [{ step: 'settings', ok: false, code: 'settings-invalid' }];
      const account = { id: '0', name, address, settings: parsed.data };
      return await this.verify(adapter, account);
    } catch {
      // What an adapter did not foresee may hold secrets.
      return [{ step: 'verify', ok: false, code: 'internal' }];
    }
  }

  private async verify(adapter: ChannelAdapter, account: Account): Promise<readonly Check[]> {
    const addresses = new Map<string, string>();
    const places = adapter.places?.(account.settings) ?? [];
    const looked = await Promise.all(places.map((place) => this.look(place, addresses)));
    if (looked.some(({ ok }) => !ok)) return looked;
    const addressOf: AddressOf = (host) => addresses.get(host) ?? host;
    return [...looked, ...(await adapter.verify(account, AbortSignal.timeout(patienceMs), addressOf))];
  }

  private async look({ side, host, port, usualPorts }: Place, addresses: Map<string, string>): Promise<Check> {
    const step = `${side}.place`;
    try {
      const [first, ...others] = await this.guard.check(host);
      const own = [first, ...others].some((one) => one.own);
      if (!own && usualPorts && !usualPorts.includes(port)) return { step, ok: false, code: 'port-unusual' };
      addresses.set(host, first.address);
      return { step, ok: true };
    } catch (fault) {
      return { step, ok: false, code: fault instanceof EgressRefused ? 'place-inside' : 'unknown-host' };
    }
  }
}
