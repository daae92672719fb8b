import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import type { AccountState } from '../accounts/account-row.js';
import type { AccountTrouble } from '../channel-adapter.js';
import { AccountStatus } from './account-status.service.js';
import { Announcing } from './announcing.service.js';
import { HostLimits } from './host-limits.js';
import { HostedAccounts, type HostedAccount } from './hosted-accounts.service.js';
import { LeaseKeeper } from './lease-keeper.service.js';
import { inTime, pause, within } from './pause.service.js';
import { Receiving } from './receiving.service.js';

/** An account that receives here now. */
interface Running {
  readonly version: number;
  readonly stop: AbortController;
  /** The account works, or shows why it does not. */
  readonly told: Promise<void>;
  readonly ended: Promise<void>;
}

interface Standing {
  readonly state: AccountState;
  readonly fault?: AccountTrouble;
}

/** How long to wait before taking more, where there was something to take: other hosts get their share. */
const shareMs = 200;

/**
 * Runs the adapters of this process: announces them, keeps the accounts that it has a lease on receiving, and
 * follows changes of account rows without a restart.
 */
@Injectable()
export class ChannelHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ChannelHost.name);
  private readonly stopping = new AbortController();
  private readonly running = new Map<AccountId, Running>();
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly announcing: Announcing,
    private readonly accounts: HostedAccounts,
    private readonly leases: LeaseKeeper,
    private readonly receiving: Receiving,
    private readonly status: AccountStatus,
    private readonly limits: HostLimits,
  ) {}

  /** A host that has started takes in: whoever sees the process ready may rely on its mailboxes and ports. */
  async onApplicationBootstrap(): Promise<void> {
    await this.announcing.announce();
    const taken = new Promise<void>((tell) => {
      this.watching = this.watch(this.stopping.signal, tell);
    });
    const told = taken.then(() => Promise.all([...this.running.values()].map((run) => run.told)));
    await within(this.limits.openMs, [told]);
  }

  /** Ends what receives and gives the leases back, so that another host goes on at once. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.watching;
    const runs = [...this.running.entries()];
    for (const [, { stop }] of runs) stop.abort();
    if (
      !(await within(
        this.limits.stopMs,
        runs.map(([, { ended }]) => ended),
      ))
    )
      this.log.warn('adapters do not stop');
    const ended = runs.map(([id]) => id).filter((id) => !this.running.has(id));
    await this.leases.release(ended).catch(() => this.log.warn('leases not given back'));
  }

  /** `taken` is called whenever there is nothing more to take at once. */
  private async watch(stop: AbortSignal, taken: () => void): Promise<void> {
    while (!stop.aborted) {
      const more = await this.round();
      if (!more) taken();
      await pause(more ? shareMs : this.limits.pollMs, stop);
    }
  }

  /** Looks at the accounts once; says whether there may be more to take at once. Never throws. */
  private async round(): Promise<boolean> {
    let more = false;
    try {
      more = await inTime(this.limits.renewMs, this.read());
      for (const hosted of this.accounts.all) await this.follow(hosted);
      this.stopGone();
    } catch (error) {
      this.log.warn({ error: (error as Error).name }, 'accounts cannot be read');
      this.leases.dropStale();
    }
    return more;
  }

  private async read(): Promise<boolean> {
    await this.accounts.refresh();
    return this.leases.keep();
  }

  /** Brings what runs here in line with the account's row and lease. */
  private async follow(hosted: HostedAccount): Promise<void> {
    const { row, adapter, account } = hosted;
    const run = this.running.get(row.id);
    const receives = row.enabled && account && adapter.receive && this.leases.has(row.id);
    if (run && (!receives || run.version !== row.version)) run.stop.abort();
    // A new run waits until the old one has ended, so that nothing is received twice at the same time.
    else if (!run && receives) this.begin(hosted);
    await this.showStanding(hosted);
  }

  private async showStanding(hosted: HostedAccount): Promise<void> {
    const { id, state, stateCode } = hosted.row;
    const now = standing(hosted);
    if (now && (now.state !== state || now.fault?.code !== (stateCode ?? undefined))) {
      await this.status.show(id, now.state, now.fault);
    }
  }

  private begin(hosted: HostedAccount): void {
    const { id, version } = hosted.row;
    const stop = new AbortController();
    let tell = (): void => undefined;
    const told = new Promise<void>((resolve) => (tell = resolve));
    const ended = this.receiving.run(hosted, stop.signal, tell).finally(() => this.running.delete(id));
    this.running.set(id, { version, stop, told, ended });
  }

  private stopGone(): void {
    const known = new Set(this.accounts.all.map(({ row }) => row.id));
    for (const [id, { stop }] of this.running) if (!known.has(id)) stop.abort();
  }
}

/** The state that follows from the row alone; undefined where only receiving tells. */
function standing({ row, adapter, account, fault }: HostedAccount): Standing | undefined {
  if (!row.enabled) return { state: 'off' };
  if (fault) return { state: 'failing', fault };
  // A channel that is only called works, unless its sending is held.
  return account && !adapter.receive && row.holdUntil === null ? { state: 'running' } : undefined;
}
