import { Injectable } from '@nestjs/common';
import type { AddressProof, Locale, PersonAddress, RequesterId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { KnownAddress } from './plan-identity.js';
import type { Requester, RequesterAddress } from './requester.js';

/** An address to store; its requester must exist, or be one of `created` by index. */
export interface AddressRow {
  readonly requesterId: RequesterId | null;
  readonly created: number | null;
  readonly kind: string;
  readonly value: string;
  readonly proof: AddressProof;
}

export interface Unreachable {
  readonly kind: string;
  readonly value: string;
  readonly reason: string;
}

/** SQL of `requester` and `requester_address`. A requester that was merged away is read as the one it became. */
@Injectable()
export class RequestersRepository {
  /** Requesters under the ids asked for, merged ones with the data of the one they became. */
  async byIds(db: Db, ids: readonly RequesterId[]): Promise<ReadonlyMap<RequesterId, Requester>> {
    const found = await rows<Requester & { asked: RequesterId }>(
      db,
      `select a.id as asked, r.id, r.name, r.locale
       from requester a join requester r on r.id = coalesce(a.merged_into, a.id) where a.id = any($1::bigint[])`,
      [ids],
    );
    return new Map(found.map(({ asked, id, name, locale }) => [asked, { id, name, locale }]));
  }

  async get(db: Db, id: RequesterId): Promise<Requester | undefined> {
    return (await this.byIds(db, [id])).get(id);
  }

  /** Which requester each id leads to now. */
  async roots(db: Db, ids: readonly RequesterId[]): Promise<ReadonlyMap<RequesterId, RequesterId>> {
    const found = await this.byIds(db, ids);
    return new Map([...found].map(([asked, { id }]) => [asked, id]));
  }

  /** All ids that lead to the same requester as `id`, which a list of their tickets must ask for. */
  async idsOf(db: Db, id: RequesterId): Promise<RequesterId[]> {
    const found = await rows<{ id: RequesterId }>(
      db,
      `with root as (select coalesce(merged_into, id) as id from requester where id = $1)
       select r.id from requester r, root where r.id = root.id or r.merged_into = root.id order by r.id`,
      [id],
    );
    return found.map((row) => row.id);
  }

  /** The requester that an address leads to. */
  async find(db: Db, kind: string, value: string): Promise<Requester | undefined> {
    const [found] = await rows<Requester>(
      db,
      `select r.id, r.name, r.locale from requester_address a
       join requester o on o.id = a.requester_id join requester r on r.id = coalesce(o.merged_into, o.id)
       where a.kind = $1 and a.value = $2`,
      [kind, value],
    );
    return found;
  }

  addressesOf(db: Db, id: RequesterId): Promise<RequesterAddress[]> {
    return rows(
      db,
      `select a.kind, a.value, a.proof, a.unreachable_at is not null as unreachable
       from requester_address a join requester r on r.id = a.requester_id
       where coalesce(r.merged_into, r.id) = (select coalesce(merged_into, id) from requester where id = $1)
       order by a.id`,
      [id],
    );
  }

  /** Everything stored about the addresses of a batch of senders. */
  lookUp(db: Db, addresses: readonly { kind: string; value: string }[]): Promise<KnownAddress[]> {
    return rows(
      db,
      `select a.kind, a.value, a.proof, a.unreachable_at is not null as unreachable,
         r.id as "requesterId", r.name, r.locale
       from unnest($1::text[], $2::text[]) as asked (kind, value)
       join requester_address a using (kind, value)
       join requester o on o.id = a.requester_id join requester r on r.id = coalesce(o.merged_into, o.id)`,
      [addresses.map(({ kind }) => kind), addresses.map(({ value }) => value)],
    );
  }

  /**
   * Creates requesters and addresses in one statement. Addresses are inserted in one order by everybody; where
   * another router was faster its row stays, so `stored` may be fewer than asked. Gives the ids of the created.
   */
  async add(
    tx: Db,
    created: readonly { name: string | null; locale: Locale | null }[],
    addresses: readonly AddressRow[],
  ): Promise<{ ids: RequesterId[]; stored: number }> {
    const [result] = await rows<{ ids: RequesterId[]; stored: number }>(
      tx,
      `with wanted as materialized (
         select ord - 1 as ord, name, locale, nextval(pg_get_serial_sequence('requester', 'id')) as id
         from unnest($1::text[], $2::text[]) with ordinality as w (name, locale, ord)
       ), made as (
         insert into requester (id, name, locale) overriding system value select id, name, locale from wanted
       ), stored as (
         insert into requester_address (requester_id, kind, value, proof)
         select coalesce(a.requester_id, w.id), a.kind, a.value, a.proof
         from unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::text[])
           as a (requester_id, created, kind, value, proof)
         left join wanted w on w.ord = a.created
         order by a.kind, a.value
         on conflict (kind, value) do nothing returning 1
       )
       select array(select id::text from wanted order by ord) as ids, (select count(*)::int from stored) as stored`,
      [
        created.map(({ name }) => name),
        created.map(({ locale }) => locale),
        addresses.map(({ requesterId }) => requesterId),
        addresses.map(({ created: index }) => index),
        addresses.map(({ kind }) => kind),
        addresses.map(({ value }) => value),
        addresses.map(({ proof }) => proof),
      ],
    );
    return result ?? { ids: [], stored: 0 };
  }

  /** Takes back created requesters that ended without an address because another router was faster. */
  async removeAddressless(tx: Db, ids: readonly RequesterId[]): Promise<void> {
    await rows(
      tx,
      `delete from requester r where r.id = any($1::bigint[])
         and not exists (select from requester_address a where a.requester_id = r.id)`,
      [ids],
    );
  }

  /** Makes `from` the same requester as `into`; false, and nothing done, when one of them was merged meanwhile. */
  async merge(tx: Db, from: RequesterId, into: RequesterId): Promise<boolean> {
    const locked = await rows(
      tx,
      'select id from requester where id = any($1::bigint[]) and merged_into is null order by id for update',
      [[from, into]],
    );
    if (locked.length < 2) return false;
    await rows(tx, 'update requester set merged_into = $2 where id = $1 or merged_into = $1', [from, into]);
    await rows(
      tx,
      `update requester r set name = coalesce(r.name, o.name), locale = coalesce(r.locale, o.locale)
       from requester o where r.id = $2 and o.id = $1`,
      [from, into],
    );
    await rows(tx, 'update requester_address set requester_id = $2 where requester_id = $1', [from, into]);
    return true;
  }

  /** Raises the proof of addresses (never lowers it) and takes them as reachable again. */
  async confirm(tx: Db, addresses: readonly PersonAddress[]): Promise<void> {
    await rows(
      tx,
      `update requester_address a set unreachable_at = null, unreachable_reason = null,
         proof = case when array_position($4, c.proof) > array_position($4, a.proof) then c.proof else a.proof end
       from (select distinct on (kind, value) * from unnest($1::text[], $2::text[], $3::text[]) as u (kind, value, proof)
             order by kind, value, array_position($4, proof) desc) c
       where a.kind = c.kind and a.value = c.value`,
      [
        addresses.map(({ kind }) => kind),
        addresses.map(({ value }) => value),
        addresses.map(({ proof }) => proof),
        ['none', 'wrote', 'signed', 'code'],
      ],
    );
  }

  /** Gives a name or a language to requesters who have none. */
  async fill(
    tx: Db,
    filled: readonly { id: RequesterId; name: string | null; locale: Locale | null }[],
  ): Promise<void> {
    await rows(
      tx,
      `update requester r set name = coalesce(r.name, f.name), locale = coalesce(r.locale, f.locale)
       from unnest($1::bigint[], $2::text[], $3::text[]) as f (id, name, locale) where r.id = f.id`,
      [filled.map(({ id }) => id), filled.map(({ name }) => name), filled.map(({ locale }) => locale)],
    );
  }

  /** Marks addresses at which, by a provider's final word, nothing arrives. */
  async markUnreachable(tx: Db, addresses: readonly Unreachable[]): Promise<void> {
    await rows(
      tx,
      `update requester_address a set unreachable_at = now(), unreachable_reason = u.reason
       from unnest($1::text[], $2::text[], $3::text[]) as u (kind, value, reason)
       where a.kind = u.kind and a.value = u.value`,
      [addresses.map(({ kind }) => kind), addresses.map(({ value }) => value), addresses.map(({ reason }) => reason)],
    );
  }
}
