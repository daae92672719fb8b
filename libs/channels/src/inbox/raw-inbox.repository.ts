import { Injectable } from '@nestjs/common';
import type { AccountId, InboxId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { CursorPosition } from '../channel-adapter.js';
import type { NormalizedRow, RawRow, StoredItem } from './raw-row.js';
import { storableJson, storableText } from './storable-json.js';

const rawColumns = `id, account_id as "accountId", external_key as "externalKey", content_key as "contentKey",
  order_key as "orderKey", raw, raw_bytes as "rawBytes", source, attempts, parse_deaths as "parseDeaths"`;

/** Raw rows: from the outside into the inbox, and on until they are normalized. `next_at` is the end of a claim. */
@Injectable()
export class RawInboxRepository {
  /**
   * Stores the items that are new and gives their rows, claimed for `claimMs` by the caller (0: whoever sweeps next).
   */
  put(
    tx: Db,
    account: { readonly id: AccountId; readonly channel: string },
    items: readonly StoredItem[],
    claimMs: number,
  ): Promise<RawRow[]> {
    return rows<RawRow>(
      tx,
      `with added as (
         insert into inbox (account_id, channel, external_key, content_key, order_key, raw, raw_bytes, source, attempts,
           next_at)
         select $1, $2, external_key, content_key, order_key, raw, raw_bytes, source::jsonb, sign($9::int),
           now() + $9 * interval '1 ms'
         from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::text[]) with ordinality
           as item (external_key, content_key, order_key, raw, raw_bytes, source, n)
         order by n on conflict (account_id, external_key) do nothing returning *),
       seen as (update account set last_in_at = now() where id = $1 and exists (select 1 from added))
       select ${rawColumns} from added order by id`,
      [
        account.id,
        account.channel,
        items.map(({ externalKey }) => storableText(externalKey)),
        items.map(({ contentKey }) => (contentKey === undefined ? null : storableText(contentKey))),
        items.map(({ orderKey }) => storableText(orderKey ?? '')),
        items.map(({ raw }) => raw),
        items.map(({ rawBytes }) => rawBytes),
        items.map(({ source }) => storableJson(source)),
        claimMs,
      ],
    );
  }

  async cursor(db: Db, accountId: AccountId, name: string): Promise<CursorPosition | undefined> {
    const found = await rows<CursorPosition>(
      db,
      `select name, epoch, position::text as position from cursor where account_id = $1 and name = $2`,
      [accountId, name],
    );
    return found[0];
  }

  /** Within an epoch the cursor never goes back, so a host that was slow can't undo what another one stored. */
  async moveCursor(tx: Db, accountId: AccountId, cursor: CursorPosition): Promise<void> {
    await rows(
      tx,
      `insert into cursor (account_id, name, epoch, position) values ($1, $2, $3, $4)
       on conflict (account_id, name) do update
       set epoch = excluded.epoch, updated_at = now(),
           position = case when cursor.epoch = excluded.epoch then greatest(cursor.position, excluded.position)
             else excluded.position end`,
      [accountId, cursor.name, cursor.epoch, cursor.position],
    );
  }

  /** Claims raw rows that nobody works on: leftovers of a crash, and what a webhook stored. */
  take(db: Db, channel: string, limit: number, claimMs: number): Promise<RawRow[]> {
    return rows<RawRow>(
      db,
      `with free as (
         select id from inbox where channel = $1 and state = 'raw' and next_at <= now()
         order by next_at, id limit $2 for update skip locked),
       taken as (
         update inbox set attempts = attempts + 1, next_at = now() + $3 * interval '1 ms'
         where id in (select id from free) returning *)
       select ${rawColumns} from taken order by id`,
      [channel, limit, claimMs],
    );
  }

  /** The row killed its parser; answers how often it has done so. */
  async countDeath(db: Db, id: InboxId): Promise<number> {
    const [row] = await rows<{ deaths: number }>(
      db,
      `update inbox set parse_deaths = parse_deaths + 1 where id = $1 returning parse_deaths as deaths`,
      [id],
    );
    return row?.deaths ?? 0;
  }

  /** Raw rows become ready with these messages; gives the ids of those that nobody else had finished before. */
  async ready(tx: Db, items: readonly NormalizedRow[]): Promise<InboxId[]> {
    const made = await rows<{ id: InboxId }>(
      tx,
      `update inbox i
       set state = 'ready', message = n.message::jsonb, attempts = 0, reason = null, next_at = now(), enqueued_at = now()
       from unnest($1::bigint[], $2::text[]) as n (id, message)
       where i.id = n.id and i.state = 'raw' returning i.id`,
      [items.map(({ id }) => id), items.map(({ message }) => storableJson(message))],
    );
    return made.map(({ id }) => id);
  }

  /** Something of ours failed (a file, the database): the rows come again later. */
  async delay(db: Db, ids: readonly InboxId[], reason: string): Promise<void> {
    await rows(
      db,
      `update inbox set reason = $2,
         next_at = now() + least(900, power(2, least(attempts, 20))) * (0.8 + 0.4 * random()) * interval '1 s'
       where id = any($1) and state = 'raw'`,
      [ids, reason.slice(0, 500)],
    );
  }
}
