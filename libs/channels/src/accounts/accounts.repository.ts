import { Injectable } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { AccountTrouble } from '../channel-adapter.js';
import type { AccountFilter, AccountRow, AccountState, NewAccount } from './account-row.js';

const columns = `id, channel, name, address, settings, secrets, queue_id as "queueId", enabled, state,
  state_code as "stateCode", state_detail as "stateDetail", state_at as "stateAt", last_in_at as "lastInAt",
  last_out_at as "lastOutAt", hold_until as "holdUntil", version`;

/** Accounts of all channels. Secrets stay sealed here. */
@Injectable()
export class AccountsRepository {
  list(db: Db, filter: AccountFilter = {}): Promise<AccountRow[]> {
    return rows<AccountRow>(
      db,
      `select ${columns} from account
       where ($1::text[] is null or channel = any($1)) and ($2::boolean is null or enabled = $2)
       order by channel, name`,
      [filter.channels ?? null, filter.enabled ?? null],
    );
  }

  async get(db: Db, id: AccountId): Promise<AccountRow | undefined> {
    return (await rows<AccountRow>(db, `select ${columns} from account where id = $1`, [id]))[0];
  }

  /** Held until the transaction ends, for a change that builds on what is there. */
  async lock(tx: Db, id: AccountId): Promise<AccountRow | undefined> {
    return (await rows<AccountRow>(tx, `select ${columns} from account where id = $1 for update`, [id]))[0];
  }

  async byName(db: Db, channel: string, name: string): Promise<AccountRow | undefined> {
    const found = await rows<AccountRow>(db, `select ${columns} from account where channel = $1 and name = $2`, [
      channel,
      name,
    ]);
    return found[0];
  }

  /** Makes or changes the account of this channel and name; the version grows only when something differs. */
  async upsert(db: Db, account: NewAccount): Promise<AccountRow> {
    await rows(
      db,
      `insert into account (channel, name, address, settings, secrets, queue_id, enabled)
       values ($1, $2, $3, $4::jsonb, $5, $6, $7)
       on conflict (channel, name) do update
       set address = excluded.address, settings = excluded.settings, secrets = excluded.secrets,
           queue_id = excluded.queue_id, enabled = excluded.enabled, version = account.version + 1
       where (account.address, account.settings, account.secrets, account.queue_id, account.enabled)
         is distinct from (excluded.address, excluded.settings, excluded.secrets, excluded.queue_id, excluded.enabled)`,
      [
        account.channel,
        account.name,
        account.address,
        JSON.stringify(account.settings),
        account.secrets,
        account.queueId,
        account.enabled,
      ],
    );
    return (await this.byName(db, account.channel, account.name)) as AccountRow;
  }

  /** Shows how the account does; says whether that is news. */
  async setState(db: Db, id: AccountId, state: AccountState, trouble?: AccountTrouble): Promise<boolean> {
    const changed = await rows(
      db,
      `update account set state = $2, state_code = $3, state_detail = $4, state_at = now()
       where id = $1 and (state, state_code, state_detail) is distinct from ($2, $3::text, $4::text) returning id`,
      [id, state, trouble?.code ?? null, trouble?.detail.slice(0, 500) ?? null],
    );
    return changed.length > 0;
  }

  /** Own addresses of the desk on a channel, lower case. */
  async ownAddresses(db: Db, channel: string): Promise<string[]> {
    const found = await rows<{ address: string }>(
      db,
      `select distinct lower(address) as address from account where channel = $1 and address is not null order by 1`,
      [channel],
    );
    return found.map(({ address }) => address);
  }
}
