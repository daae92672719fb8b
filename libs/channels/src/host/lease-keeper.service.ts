import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { AccountLeasesRepository } from '../accounts/account-leases.repository.js';
import { Adapters } from './adapters.js';
import { HostLimits } from './host-limits.js';

/** The leases of this process on accounts that receive by themselves. */
@Injectable()
export class LeaseKeeper {
  private readonly holder = randomUUID();
  private readonly channels: readonly string[];
  private held: ReadonlySet<AccountId> = new Set();
  /** By our own steady clock: when we asked the database for what it last confirmed. */
  private confirmed = performance.now();

  constructor(
    private readonly database: Database,
    private readonly leases: AccountLeasesRepository,
    private readonly limits: HostLimits,
    adapters: Adapters,
  ) {
    this.channels = adapters.list.filter((adapter) => adapter.receive !== undefined).map(({ kind }) => kind);
  }

  has(id: AccountId): boolean {
    return this.held.has(id);
  }

  /** Renews when it is time and takes what is free; says whether there may be more to take at once. */
  async keep(): Promise<boolean> {
    const now = performance.now();
    if (now - this.confirmed >= this.limits.renewMs || this.held.size === 0) {
      const kept = await this.leases.renew(this.database.db, this.holder, this.limits.leaseMs);
      this.held = new Set(kept);
      this.confirmed = now;
    }
    const taken = await this.leases.take(this.database.db, this.channels, this.holder, this.limits.leaseMs);
    this.held = new Set([...this.held, ...taken]);
    return taken.length > 0;
  }

  /** While the database cannot be asked: leases about to end are given up before somebody else may take them. */
  dropStale(): void {
    if (performance.now() - this.confirmed > this.limits.leaseMs - this.limits.renewMs) this.held = new Set();
  }

  async release(ids: readonly AccountId[]): Promise<void> {
    this.held = new Set([...this.held].filter((id) => !ids.includes(id)));
    await this.leases.release(this.database.db, this.holder, ids);
  }
}
