import { Injectable } from '@nestjs/common';
import type { AccountId, OutboundMessage, OutboxId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { storableJson } from '../inbox/storable-json.js';
import { deliveryChanged } from './delivery-changed.js';
import { outboxColumns } from './outbox-columns.js';
import type { ClaimedRow, OutboxRow, Settlement } from './outbox-row.js';

/** An earlier row of the same order that is still open; `later` has to wait for it. */
const earlier = (later: string): string => `exists (
  select 1 from outbox e where e.channel = ${later}.channel and e.order_key = ${later}.order_key
    and e.state in ('queued', 'sending', 'verifying')
    and (coalesce(e.origin_id, e.id), e.part) < (coalesce(${later}.origin_id, ${later}.id), ${later}.part))`;

/** A row that may be tried now: its time has come, nothing earlier is open, its account is on and not held. */
const sendable = `o.state = 'queued' and o.next_at <= now() and not ${earlier('o')} and exists (
  select 1 from account a where a.id = o.account_id and a.enabled and (a.hold_until is null or a.hold_until <= now()))`;

export interface UnsplitRow {
  readonly id: OutboxId;
  readonly message: OutboundMessage;
}

/** The gateway's side of the outbox: claim, fence, settle. Every step needs the lease of the step before. */
@Injectable()
export class SendingRepository {
  constructor(private readonly events: EventsRepository) {}

  unsplit(db: Db, ids: readonly OutboxId[]): Promise<UnsplitRow[]> {
    return rows<UnsplitRow>(
      db,
      `select id, message from outbox where id = any($1) and parts is null and state = 'queued' order by id`,
      [ids],
    );
  }

  /** These rows need no splitting. */
  async keepWhole(db: Db, ids: readonly OutboxId[]): Promise<void> {
    await rows(db, `update outbox set parts = 1 where id = any($1) and parts is null`, [ids]);
  }

  /**
   * Makes a row the first of the given parts and adds the others as rows of their own: once, whoever else tries.
   * Attachments and text of `parts` are all of the message.
   */
  async split(tx: Db, id: OutboxId, parts: readonly OutboundMessage[]): Promise<void> {
    await rows(
      tx,
      `with first as (
         update outbox set message = ($2::jsonb) -> 0, parts = $3 where id = $1 and parts is null returning *)
       insert into outbox (ticket_id, message_id, order_key, origin_id, part, parts, channel, account_id, message,
         destination, external_id, idem, automatic)
       select f.ticket_id, f.message_id, f.order_key, f.id, p.n, $3, f.channel, f.account_id, p.message, f.destination,
         f.external_id || '.' || p.n, f.idem || '#' || p.n, f.automatic
       from first f, jsonb_array_elements($2::jsonb) with ordinality as p (message, n)
       where p.n > 1 order by p.n`,
      [id, storableJson(parts), parts.length],
    );
  }

  /**
   * Takes the rows among `ids` that may be sent now, at most one of each order. The first row of an account whose
   * hold has just ended is a probe: its claim holds the account again, so that one attempt goes out and not all.
   */
  async claim(db: Db, ids: readonly OutboxId[], leaseMs: number): Promise<ClaimedRow[]> {
    return rows<ClaimedRow>(
      db,
      `with free as materialized (
         select o.id, o.account_id from outbox o where o.id = any($1) and o.parts is not null and ${sendable}
         order by coalesce(o.origin_id, o.id), o.part for update of o skip locked),
       probed as (
         update account set hold_until = now() + $2 * interval '1 ms'
         where id in (select account_id from free) and hold_until <= now() returning id),
       chosen as (
         select id from free
         where account_id not in (select id from account where hold_until is not null)
         union all
         select min(id) from free where account_id in (select id from probed) group by account_id),
       claimed as (
         update outbox
         set state = 'sending', phase = 'claimed', lease = gen_random_uuid(),
             lease_until = now() + $2 * interval '1 ms', attempts = attempts + 1
         where id in (select id from chosen) returning *)
       select ${outboxColumns}, message, lease, account_id in (select id from probed) as probe
       from claimed order by coalesce(origin_id, id), part`,
      [ids, leaseMs],
    );
  }

  /**
   * The point of no return: from here a silent end means "may have arrived". Gives the ids that passed; a row whose
   * lease is gone, or would end before its sending must, does not.
   */
  async fence(
    db: Db,
    items: readonly { readonly id: OutboxId; readonly lease: string }[],
    needMs: number,
  ): Promise<OutboxId[]> {
    const passed = await rows<{ id: OutboxId }>(
      db,
      `update outbox o set phase = 'data'
       from unnest($1::bigint[], $2::uuid[]) as f (id, lease)
       where o.id = f.id and o.lease = f.lease and o.state = 'sending' and o.phase = 'claimed'
         and o.lease_until > now() + $3 * interval '1 ms'
       returning o.id`,
      [items.map(({ id }) => id), items.map(({ lease }) => lease), needMs],
    );
    return passed.map(({ id }) => id);
  }

  /** Records how attempts ended, under their leases; gives the rows that took it. */
  async settle(
    tx: Db,
    items: readonly { readonly id: OutboxId; readonly lease: string; readonly outcome: Settlement }[],
  ): Promise<OutboxRow[]> {
    const settled = await rows<OutboxRow>(
      tx,
      `with settled as (
         update outbox o
         set state = s.state, phase = null, lease = null, lease_until = null,
             provider_id = coalesce(s.provider_id, o.provider_id), reason_code = s.code, reason = s.reason,
             sent_at = case when s.state = 'sent' then now() end,
             next_at = now() + coalesce(s.after_ms, 0) * interval '1 ms',
             enqueued_at = case when s.after_ms is null then o.enqueued_at end
         from unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::float8[])
           as s (id, lease, state, provider_id, code, reason, after_ms)
         where o.id = s.id and o.lease = s.lease returning o.*),
       noted as (
         insert into outbox_event (outbox_id, event, detail)
         select id, case state when 'queued' then 'retry' else state end,
           jsonb_strip_nulls(jsonb_build_object('attempt', attempts, 'code', reason_code, 'reason', reason))
         from settled),
       seen as (
         update account set last_out_at = now()
         where id in (select account_id from settled where state = 'sent'))
       select ${outboxColumns} from settled order by id`,
      [
        items.map(({ id }) => id),
        items.map(({ lease }) => lease),
        items.map(({ outcome }) => outcome.state),
        items.map(({ outcome }) => (outcome.state === 'sent' ? outcome.providerId : null)),
        items.map(({ outcome }) => (outcome.state === 'sent' ? null : outcome.code)),
        items.map(({ outcome }) => (outcome.state === 'sent' ? null : outcome.reason.slice(0, 500))),
        items.map(({ outcome }) => (outcome.state === 'queued' ? outcome.afterMs : null)),
      ],
    );
    await this.tell(tx, settled);
    return settled;
  }

  /** Leases that ended: what had not passed the fence goes back, the outcome of the rest is unknown. */
  async expire(tx: Db, channel: string): Promise<OutboxRow[]> {
    const expired = await rows<OutboxRow>(
      tx,
      `with expired as (
         update outbox
         set state = case phase when 'claimed' then 'queued' else 'unknown' end,
             reason_code = case phase when 'claimed' then 'interrupted' else 'no-answer' end,
             phase = null, lease = null, lease_until = null, enqueued_at = null
         where id in (
           select id from outbox where channel = $1 and state in ('sending', 'verifying') and lease_until < now()
           order by id for update skip locked)
         returning *),
       noted as (
         insert into outbox_event (outbox_id, event, detail)
         select id, case state when 'queued' then 'retry' else state end,
           jsonb_build_object('attempt', attempts, 'code', reason_code) from expired)
       select ${outboxColumns} from expired order by id`,
      [channel],
    );
    await this.tell(tx, expired);
    return expired;
  }

  /**
   * Rows of a channel that may be sent and were not put on the queue within the last 30 s; marks them as put on. What
   * the desk wrote by itself is among them only from the age of `automaticAfterMs` on.
   */
  async due(db: Db, channel: string, limit: number, automaticAfterMs = 0): Promise<OutboxId[]> {
    const due = await rows<{ id: OutboxId }>(
      db,
      `with due as (
         select o.id from outbox o
         where o.channel = $1 and (o.enqueued_at is null or o.enqueued_at < now() - interval '30 s') and ${sendable}
           and (not o.automatic or o.created_at <= now() - $3 * interval '1 ms')
         order by o.id limit $2 for update skip locked)
       update outbox set enqueued_at = now() where id in (select id from due) returning id`,
      [channel, limit, automaticAfterMs],
    );
    return due.map(({ id }) => id);
  }

  /** The rows that lead these orders now and may be sent, as `orderKey -> id`. */
  async leading(db: Db, channel: string, orderKeys: readonly string[]): Promise<Map<string, OutboxId>> {
    const found = await rows<{ id: OutboxId; orderKey: string }>(
      db,
      `select o.id, o.order_key as "orderKey" from outbox o
       where o.channel = $1 and o.order_key = any($2) and ${sendable}`,
      [channel, orderKeys],
    );
    return new Map(found.map(({ orderKey, id }) => [orderKey, id]));
  }

  /**
   * Nothing of the account is sent for a while: `afterMs` where the provider said so, else longer each time. Rows
   * that fail together count once; a probe always counts.
   */
  async hold(db: Db, accountId: AccountId, afterMs: number | undefined, probe: boolean): Promise<void> {
    await rows(
      db,
      `with counted as (
         select id, $3 or hold_until is null or hold_until <= now() as fresh from account where id = $1 for update)
       update account a
       set holds = holds + fresh::int,
           hold_until = greatest(
             case when not fresh then hold_until end,
             now() + coalesce($2::float8,
               case when fresh then least(900, 30 * power(2, least(holds, 10))) * (0.8 + 0.4 * random()) * 1000 else 0 end)
               * interval '1 ms')
       from counted where a.id = counted.id`,
      [accountId, afterMs ?? null, probe],
    );
  }

  /** Accounts that send again after a hold: what waited for them is due at once. Gives their ids. */
  async release(db: Db, accountIds: readonly AccountId[]): Promise<AccountId[]> {
    const released = await rows<{ id: AccountId }>(
      db,
      `with released as (
         update account set hold_until = null, holds = 0 where id = any($1) and holds > 0 returning id),
       waiting as (
         update outbox set enqueued_at = null where account_id in (select id from released) and state = 'queued')
       select id from released`,
      [accountIds],
    );
    return released.map(({ id }) => id);
  }

  private async tell(tx: Db, changed: readonly OutboxRow[]): Promise<void> {
    if (changed.length > 0) await this.events.add(tx, changed.map(deliveryChanged));
  }
}
