import { Injectable } from '@nestjs/common';
import type { InboxId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { AccountCount, LedgerFilter, LedgerRow, ReadyItem, ReadyRow, RowFate } from './inbox-row.js';
import { storableJson } from './storable-json.js';

/** After so many failed attempts a row is put aside for people, so that it can't go round for ever. */
const mostAttempts = 25;

/** A row that failed so often holds those after it up no longer: one bad item must not silence a whole chat. */
const patience = 5;

/** An earlier row of the same order key that has no end yet; `later` is the row that has to wait for it. */
const earlier = (later: string, except = ''): string => `exists (
  select 1 from inbox e where e.account_id = ${later}.account_id and e.order_key = ${later}.order_key
    and e.order_key <> '' and e.id < ${later}.id and e.state in ('raw', 'ready') and e.attempts < ${patience} ${except})`;

const references = (row: string): string => `${row}.message #> '{thread,references}'`;

/** Oldest rows that nobody has read yet and that came just now, one for each account; looked up once a statement. */
const unreadRows = `
  select account_id, min(id) as id from inbox
  where state = 'raw' and channel in (select channel from locked) and attempts <= 1
    and received_at > now() - interval '1 minute' group by account_id`;

/**
 * What `later` answers may still be on its way: an earlier ready row that is not among the locked (in another
 * router's hands), or one that is not read yet. It is worth a moment: taken alone, the answer would open a ticket of
 * its own. Every reference is one look into an index, whatever the planner thinks of the table.
 */
const answersEarlier = (later: string): string => `(${references(later)} <> '[]' and (
  exists (select 1 from unread u where u.account_id = ${later}.account_id and u.id < ${later}.id)
  or exists (
    select 1 from jsonb_array_elements_text(${references(later)}) as r (id), lateral (
      select e.id from inbox e
      where e.state = 'ready' and e.channel = ${later}.channel and e.message ->> 'externalId' = r.id
        and e.id < ${later}.id and e.attempts < ${patience} limit 1) e
    where e.id not in (select id from locked))))`;

const ledgerColumns = `i.id, i.account_id as "accountId", i.channel, i.external_key as "externalKey", i.source, i.state,
  i.fate, i.reason, i.attempts, i.ticket_id as "ticketId", i.message_id as "messageId",
  i.duplicate_of as "duplicateOf", i.raw, i.raw_bytes as "rawBytes", i.received_at as "receivedAt",
  i.done_at as "doneAt"`;

/** Normalized inbound rows on their way to the router, and the ledger of all that ever came. */
@Injectable()
export class InboxRepository {
  /** Stores an item that is normalized already; the same key gives the row that is there. */
  async putReady(db: Db, item: ReadyItem): Promise<{ readonly id: InboxId; readonly isNew: boolean }> {
    const added = await rows<{ id: InboxId }>(
      db,
      `insert into inbox (account_id, channel, external_key, raw, raw_bytes, message, order_key, state, enqueued_at)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7, 'ready', now())
       on conflict (account_id, external_key) do nothing returning id`,
      [
        item.accountId,
        item.channel,
        item.externalKey,
        item.raw,
        item.rawBytes,
        storableJson(item.message),
        item.orderKey ?? '',
      ],
    );
    if (added[0]) return { id: added[0].id, isNew: true };
    const known = await rows<{ id: InboxId }>(db, `select id from inbox where account_id = $1 and external_key = $2`, [
      item.accountId,
      item.externalKey,
    ]);
    return { id: known[0]!.id, isNew: false };
  }

  /**
   * Locks and gives the ready rows among `ids`, in the order of their ids. Rows that somebody else works on are
   * left out, and so are rows whose order key has an earlier row that is not part of the answer, or that answer such
   * a row: the dispatcher brings those again once they are free.
   */
  async takeReady(tx: Db, ids: readonly InboxId[]): Promise<ReadyRow[]> {
    return rows<ReadyRow>(
      tx,
      `with locked as materialized (
         select * from inbox where id = any($1) and state = 'ready' and next_at <= now()
         -- Not the strongest lock: that a copy is just being ended as a duplicate of a row must not hide it.
         order by id for no key update skip locked),
       unread as materialized (${unreadRows}),
       free as materialized (
         select * from locked l
         where not ${earlier('l', 'and e.id not in (select id from locked)')} and not ${answersEarlier('l')}),
       left_for_later as (
         update inbox set enqueued_at = null
         where id in (select id from locked except select id from free))
       select f.id, f.account_id as "accountId", f.channel, f.external_key as "externalKey",
         f.content_key as "contentKey", f.order_key as "orderKey", f.message, f.received_at as "receivedAt",
         f.attempts, a.queue_id as "accountQueueId", f.raw, f.raw_bytes as "rawBytes",
         (select min(d.id) from inbox d
          where d.channel = f.channel and d.content_key = f.content_key and d.id <> f.id
            and (d.state = 'ready' and d.id < f.id or d.state = 'done' and d.fate not in ('ignored', 'duplicate'))) as "duplicateOf"
       from free f join account a on a.id = f.account_id order by f.id`,
      [ids],
    );
  }

  /**
   * Gives rows their named end. Answers the ids of ready rows that waited only for these: ring `inbound` for them
   * after the commit (the dispatcher does it a second later otherwise).
   */
  async finish(tx: Db, fates: readonly RowFate[]): Promise<InboxId[]> {
    const ended = await rows<{ ordered: boolean }>(
      tx,
      `update inbox i
       set state = case when f.fate = 'quarantined' then 'quarantined' else 'done' end, fate = f.fate,
           ticket_id = f.ticket_id, message_id = f.message_id, reason = f.reason, duplicate_of = f.duplicate_of,
           done_at = now()
       from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[])
         as f (id, fate, ticket_id, message_id, reason, duplicate_of)
       where i.id = f.id and i.state in ('raw', 'ready') returning i.order_key <> '' as ordered`,
      [
        fates.map(({ id }) => id),
        fates.map(({ fate }) => fate),
        fates.map(({ ticketId }) => ticketId ?? null),
        fates.map(({ messageId }) => messageId ?? null),
        fates.map(({ reason }) => reason ?? null),
        fates.map(({ duplicateOf }) => duplicateOf ?? null),
      ],
    );
    // Mail asks for no order: nothing waits for it.
    if (!ended.some(({ ordered }) => ordered)) return [];
    const freed = await rows<{ id: InboxId }>(
      tx,
      `select distinct n.id
       from inbox f join lateral (
         select n.* from inbox n
         where n.account_id = f.account_id and n.order_key = f.order_key and n.order_key <> '' and n.id > f.id
           and n.state in ('raw', 'ready') order by n.id limit 1) n on n.state = 'ready'
       where f.id = any($1) and f.order_key <> '' and not ${earlier('n')} order by n.id`,
      [fates.map(({ id }) => id)],
    );
    return freed.map(({ id }) => id);
  }

  /**
   * Counts a failed attempt to route and sets the next one; after the last the row is quarantined, visible in the
   * ledger with its raw bytes.
   */
  async failAttempt(db: Db, id: InboxId, error: string): Promise<{ readonly quarantined: boolean }> {
    const failed = await rows<{ state: string }>(
      db,
      `update inbox set attempts = attempts + 1, reason = $2, enqueued_at = null,
         next_at = now() + least(900, 2 * power(2, least(attempts, 20))) * (0.8 + 0.4 * random()) * interval '1 s',
         state = case when attempts + 1 >= $3 then 'quarantined' else state end,
         fate = case when attempts + 1 >= $3 then 'quarantined' end,
         done_at = case when attempts + 1 >= $3 then now() end
       where id = $1 and state = 'ready' returning state`,
      [id, error.slice(0, 500), mostAttempts],
    );
    return { quarantined: failed[0]?.state === 'quarantined' };
  }

  /** Ready rows that should be routed and were not put on the queue within the last 30 s; marks them as put on. */
  async due(db: Db, limit: number): Promise<InboxId[]> {
    const due = await rows<{ id: InboxId }>(
      db,
      `with due as (
         select i.id from inbox i
         where i.state = 'ready' and i.next_at <= now()
           and (i.enqueued_at is null or i.enqueued_at < now() - interval '30 s') and not ${earlier('i')}
         order by i.id limit $1 for update skip locked)
       update inbox set enqueued_at = now() where id in (select id from due) returning id`,
      [limit],
    );
    return due.map(({ id }) => id).sort((a, b) => Number(BigInt(a) - BigInt(b)));
  }

  async get(db: Db, id: InboxId): Promise<LedgerRow | undefined> {
    return (await rows<LedgerRow>(db, `select ${ledgerColumns} from inbox i where i.id = $1`, [id]))[0];
  }

  /** A page of all that came, newest first. `cursor` is the `next` of the page before. */
  async ledger(
    db: Db,
    filter: LedgerFilter,
    cursor?: string,
  ): Promise<{ readonly items: LedgerRow[]; readonly next: string | undefined }> {
    const limit = filter.limit ?? 50;
    const found = await rows<LedgerRow>(
      db,
      `select ${ledgerColumns} from inbox i
       where ($1::bigint is null or i.account_id = $1) and ($2::text is null or i.channel = $2)
         and ($3::text is null or i.state = $3) and ($4::text is null or i.fate = $4)
         and ($5::bigint is null or i.ticket_id = $5) and ($6::bigint is null or i.id < $6)
       order by i.id desc limit $7`,
      [
        filter.accountId ?? null,
        filter.channel ?? null,
        filter.state ?? null,
        filter.fate ?? null,
        filter.ticketId ?? null,
        cursor ?? null,
        limit + 1,
      ],
    );
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
  }

  /** Every account with the number of its rows at each end: the count to hold against the source. */
  counts(db: Db): Promise<AccountCount[]> {
    return rows<AccountCount>(
      db,
      `with stands as (
         select account_id, state, fate, count(*)::int as n, max(received_at) as last
         from inbox group by account_id, state, fate)
       select a.id as "accountId", a.channel, a.name,
         coalesce((select sum(n) from stands s where s.account_id = a.id), 0)::int as received,
         coalesce((select sum(n) from stands s where s.account_id = a.id and state = 'raw'), 0)::int as raw,
         coalesce((select sum(n) from stands s where s.account_id = a.id and state = 'ready'), 0)::int as ready,
         coalesce((select sum(n) from stands s where s.account_id = a.id and state = 'quarantined'), 0)::int as quarantined,
         coalesce((select jsonb_object_agg(fate, n) from stands s where s.account_id = a.id and fate is not null),
           '{}') as fates,
         (select max(last) from stands s where s.account_id = a.id) as "lastReceivedAt",
         coalesce((select jsonb_agg(jsonb_build_object('name', c.name, 'epoch', c.epoch, 'position', c.position::text)
           order by c.name) from cursor c where c.account_id = a.id), '[]') as cursors
       from account a order by a.channel, a.name`,
    );
  }
}
