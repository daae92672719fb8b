import { Injectable } from '@nestjs/common';
import { type Db, rows } from '#libs/database';
import { type ChainEnd, genesis } from './chain.js';
import type { AuditEntry, AuditOutcome, NewEntry } from './entry.js';

/** Any number that only this use of advisory locks has. */
const chainLock = 7_249_003;

/** Which entries are asked for; all that is given must hold. */
export interface AuditFilter {
  readonly actor?: { readonly type: string; readonly id?: string | undefined } | undefined;
  readonly act?: string | undefined;
  readonly object?: { readonly type: string; readonly id?: string | undefined } | undefined;
  readonly outcome?: AuditOutcome | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

const columns = `seq, at, jsonb_build_object('type', actor_type, 'id', actor_id, 'role', actor_role) as actor, act,
  case when object_type is not null then jsonb_build_object('type', object_type, 'id', object_id) end as object,
  outcome, network, details, prev_hash as "prevHash", hash`;

/** SQL of the log. There is no statement here that changes or removes an entry, and the database refuses any. */
@Injectable()
export class AuditRepository {
  /** Waits for whoever adds to the chain now and gives its end; nobody else adds until the transaction ends. */
  async lockEnd(tx: Db): Promise<ChainEnd> {
    await rows(tx, 'select pg_advisory_xact_lock($1)', [chainLock]);
    return this.end(tx);
  }

  /** Where the chain ends now. */
  async end(db: Db): Promise<ChainEnd> {
    return (await rows<ChainEnd>(db, 'select seq, hash from audit_entry order by seq desc limit 1'))[0] ?? genesis;
  }

  async append(tx: Db, entries: readonly AuditEntry[]): Promise<void> {
    await rows(
      tx,
      `insert into audit_entry (seq, at, actor_type, actor_id, actor_role, act, object_type, object_id, outcome,
         network, details, prev_hash, hash)
       select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::text[], $10::text[], $11::jsonb[], $12::bytea[], $13::bytea[])`,
      [
        entries.map(({ seq }) => seq),
        entries.map(({ at }) => at),
        entries.map(({ actor }) => actor.type),
        entries.map(({ actor }) => actor.id),
        entries.map(({ actor }) => actor.role),
        entries.map(({ act }) => act),
        entries.map(({ object }) => object?.type ?? null),
        entries.map(({ object }) => object?.id ?? null),
        entries.map(({ outcome }) => outcome),
        entries.map(({ network }) => network),
        entries.map(({ details }) => JSON.stringify(details)),
        entries.map(({ prevHash }) => prevHash),
        entries.map(({ hash }) => hash),
      ],
    );
  }

  /** Entries that answer the filter, the latest first, from `before` on downwards. */
  page(db: Db, filter: AuditFilter, limit: number, before?: string): Promise<AuditEntry[]> {
    const { actor, act, object, outcome, from, to } = filter;
    return rows<AuditEntry>(
      db,
      `select ${columns} from audit_entry
       where ($1::bigint is null or seq < $1)
         and ($2::text is null or actor_type = $2) and ($3::text is null or actor_id = $3)
         and ($4::text is null or act = $4)
         and ($5::text is null or object_type = $5) and ($6::text is null or object_id = $6)
         and ($7::text is null or outcome = $7)
         and ($8::timestamptz is null or at >= $8) and ($9::timestamptz is null or at < $9)
       order by seq desc limit $10`,
      [before, actor?.type, actor?.id, act, object?.type, object?.id, outcome, from, to, limit].map(
        (value) => value ?? null,
      ),
    );
  }

  /** Entries in their order, for walking the chain. */
  walk(db: Db, after: string, limit: number): Promise<AuditEntry[]> {
    return rows<AuditEntry>(db, `select ${columns} from audit_entry where seq > $1 order by seq limit $2`, [
      after,
      limit,
    ]);
  }

  /** Notes what is about to be done: should the process go in the middle, the note is left. */
  async intend(db: Db, id: string, entry: NewEntry): Promise<void> {
    await rows(db, 'insert into audit_intent (id, entry) values ($1, $2::jsonb)', [id, JSON.stringify(entry)]);
  }

  async forgetIntents(tx: Db, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await rows(tx, 'delete from audit_intent where id = any($1::uuid[])', [ids]);
  }

  /** Takes out the intents that nobody ended within ten minutes. */
  async takeLost(tx: Db, limit: number): Promise<NewEntry[]> {
    const lost = await rows<{ entry: NewEntry & { at: string } }>(
      tx,
      `delete from audit_intent where id in (
         select id from audit_intent where begun_at < now() - interval '10 minutes'
         order by begun_at limit $1 for update skip locked)
       returning entry`,
      [limit],
    );
    return lost.map(({ entry }) => ({ ...entry, at: new Date(entry.at) }));
  }
}
