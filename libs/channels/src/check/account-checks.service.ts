import { Injectable } from '@nestjs/common';
import type { Check } from '../channel-adapter.js';
import { type HostedAccount, HostedAccounts } from '../host/hosted-accounts.service.js';

/** What trying one account showed. */
export interface AccountReport {
  readonly channel: string;
  readonly name: string;
  readonly checks: readonly Check[];
}

/** Longest that one account may take to be tried. */
const patienceMs = 20_000;

/** Tries the enabled accounts of this process's adapters against their real servers; takes nothing in, sends nothing. */
@Injectable()
export class AccountChecks {
  constructor(private readonly accounts: HostedAccounts) {}

  async run(): Promise<readonly AccountReport[]> {
    await this.accounts.refresh();
    const enabled = this.accounts.all.filter(({ row }) => row.enabled);
    return Promise.all(enabled.map((account) => report(account)));
  }
}

async function report(hosted: HostedAccount): Promise<AccountReport> {
  const { channel, name } = hosted.row;
  return { channel, name, checks: await checksOf(hosted) };
}

async function checksOf({ adapter, account, fault }: HostedAccount): Promise<readonly Check[]> {
  if (!account) return [{ step: 'settings', ok: false, ...fault }];
  try {
    return await adapter.verify(account, AbortSignal.timeout(patienceMs));
  } catch {
    // What an adapter did not foresee may hold secrets: the account's own log has it.
    return [{ step: 'verify', ok: false, code: 'internal' }];
  }
}
