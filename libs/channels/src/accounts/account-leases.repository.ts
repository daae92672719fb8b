import { Injectable } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';

/** Who takes in for an account now. One holder at a time, by the clock of the database. */
@Injectable()
export class AccountLeasesRepository {
  /**
   * Takes half of the free accounts of these channels (at least one), so that hosts that start together share
   * them. Gives the ids taken.
   */
  async take(db: Db, channels: readonly string[], holder: string, leaseMs: number): Promise<AccountId[]> {
    const taken = await rows<{ id: AccountId }>(
      db,
      `with free as (
         select id from account
         where channel = any($1) and enabled and (lease_until is null or lease_until < now())
         order by random()
         limit (select (count(*) + 1) / 2 from account
                where channel = any($1) and enabled and (lease_until is null or lease_until < now()))
         for update skip locked)
       update account set lease = $2, lease_until = now() + $3 * interval '1 ms'
       where id in (select id from free) returning id`,
      [channels, holder, leaseMs],
    );
    return taken.map(({ id }) => id);
  }

  /** Prolongs what the holder has; an account that is missing from the answer was lost, or switched off and let go. */
  async renew(db: Db, holder: string, leaseMs: number): Promise<AccountId[]> {
    const kept = await rows<{ id: AccountId; enabled: boolean }>(
      db,
      `update account
       set lease = case when enabled then lease end,
           lease_until = case when enabled then now() + $2 * interval '1 ms' end
       where lease = $1 and lease_until >= now() returning id, enabled`,
      [holder, leaseMs],
    );
    return kept.filter(({ enabled }) => enabled).map(({ id }) => id);
  }

  async release(db: Db, holder: string, ids: readonly AccountId[]): Promise<void> {
    await rows(db, `update account set lease = null, lease_until = null where lease = $1 and id = any($2)`, [
      holder,
      ids,
    ]);
  }
}
