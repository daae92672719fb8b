import { Injectable } from '@nestjs/common';
import { type Db, rows } from '#libs/database';
import type { StoredEvent } from '#libs/queue';
import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryState } from './webhook.js';

/** One try that ended. */
export interface AttemptEnd {
  readonly deliveryId: string;
  readonly state: WebhookDeliveryState;
  /** Until the next try, for one that waits. */
  readonly pauseSeconds: number;
  readonly status: number | null;
  readonly reason: string | null;
  readonly response: string | null;
  readonly tookMs: number;
}

/** A delivery that this process has for a while, with what it needs to be sent. */
export interface ClaimedDelivery extends Pick<
  WebhookDelivery,
  'id' | 'endpointId' | 'messageId' | 'type' | 'at' | 'data'
> {
  /** Since it was last started, this one included. */
  readonly tries: number;
  readonly url: string;
  readonly withTicket: boolean;
  readonly owner: { readonly type: 'person' | 'program'; readonly id: string };
  /** Sealed; the newest first. */
  readonly secrets: readonly string[];
}

const columns = `d.id, d.endpoint_id as "endpointId", d.message_id as "messageId", d.event_id as "eventId", d.type, d.at,
  d.data, d.state, d.attempts, d.next_at as "nextAt", d.created_at as "createdAt", d.done_at as "doneAt",
  a.status, a.reason`;
const lastAttempt = 'left join webhook_attempt a on a.delivery_id = d.id and a.number = d.attempts';

/** What is told of an event: ids and states, as the stream has them. */
const dataOf = ({ id, ticketId, queueId, data }: StoredEvent): Record<string, unknown> => ({
  eventId: id,
  ...(ticketId !== null && { ticketId }),
  ...(queueId !== null && { queueId }),
  ...data,
});

/** SQL of `webhook_delivery`, `webhook_attempt` and `webhook_cursor`. */
@Injectable()
export class WebhookDeliveriesRepository {
  /** How far the stream was read; nothing while another process reads it. */
  async lockCursor(tx: Db, { wait = false } = {}): Promise<string | undefined> {
    const sql = `select event_id as "eventId" from webhook_cursor for update ${wait ? '' : 'skip locked'}`;
    return (await rows<{ eventId: string }>(tx, sql))[0]?.eventId;
  }

  async moveCursor(tx: Db, eventId: string): Promise<void> {
    await rows(tx, 'update webhook_cursor set event_id = $1', [eventId]);
  }

  /** A delivery for each endpoint that listens to each event, once however often it is asked. Gives the new ones. */
  async fanOut(tx: Db, events: readonly StoredEvent[], endpointId?: string): Promise<string[]> {
    const sql = `
      insert into webhook_delivery (endpoint_id, message_id, event_id, type, at, data)
      select w.id, 'msg_' || replace(gen_random_uuid()::text, '-', ''), e.id, e.type, e.at, e.data
      from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::jsonb[]) as e (id, type, at, data)
      join webhook_endpoint w on w.enabled and w.retired_at is null and w.events && array['*', e.type]
        and case when $5::bigint is null then e.at >= w.listens_from else w.id = $5 end
      on conflict (endpoint_id, event_id) do nothing returning id`;
    const made = await rows<{ id: string }>(tx, sql, [
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ at }) => at),
      events.map((event) => JSON.stringify(dataOf(event))),
      endpointId ?? null,
    ]);
    return made.map(({ id }) => id);
  }

  /** A delivery that only tries an endpoint. */
  async addTest(tx: Db, endpointId: string, type: string): Promise<WebhookDelivery> {
    const sql = `
      insert into webhook_delivery (endpoint_id, message_id, type, at, data)
      values ($1, 'msg_' || replace(gen_random_uuid()::text, '-', ''), $2, now(), '{}') returning id`;
    const [made] = await rows<{ id: string }>(tx, sql, [endpointId, type]);
    return (await this.get(tx, endpointId, made?.id ?? '0')) as WebhookDelivery;
  }

  page(
    db: Db,
    endpointId: string,
    { state, limit, before }: { state?: WebhookDeliveryState | undefined; limit: number; before?: string | undefined },
  ): Promise<WebhookDelivery[]> {
    const sql = `
      select ${columns} from webhook_delivery d ${lastAttempt}
      where d.endpoint_id = $1 and ($2::text is null or d.state = $2) and ($3::bigint is null or d.id < $3)
      order by d.id desc limit $4`;
    return rows(db, sql, [endpointId, state ?? null, before ?? null, limit]);
  }

  async get(db: Db, endpointId: string, id: string): Promise<WebhookDelivery | undefined> {
    const sql = `select ${columns} from webhook_delivery d ${lastAttempt} where d.endpoint_id = $1 and d.id = $2`;
    return (await rows<WebhookDelivery>(db, sql, [endpointId, id]))[0];
  }

  attempts(db: Db, deliveryId: string): Promise<WebhookAttempt[]> {
    const sql = `
      select number, at, status, reason, response, took_ms as "tookMs" from webhook_attempt
      where delivery_id = $1 order by number`;
    return rows(db, sql, [deliveryId]);
  }

  /** Starts ended deliveries anew, under their old ids: of one endpoint, one of them, or all failed since a time. */
  async again(tx: Db, endpointId: string, which: { id: string } | { since: Date; until: Date }): Promise<string[]> {
    const sql = `
      update webhook_delivery set state = 'waiting', next_at = now(), enqueued_at = null, lease_until = null, done_at = null,
        attempts_before = attempts
      where endpoint_id = $1 and case when $2::bigint is null
        then state = 'failed' and at >= $3 and at < $4 else id = $2 and state <> 'waiting' end
      returning id`;
    const values = 'id' in which ? [which.id, null, null] : [null, which.since, which.until];
    return (await rows<{ id: string }>(tx, sql, [endpointId, ...values])).map(({ id }) => id);
  }

  /** Those that are due and were not put on the queue within half a minute; marks them as put on. */
  async due(db: Db, limit: number): Promise<string[]> {
    const sql = `
      update webhook_delivery set enqueued_at = now() where id in (
        select d.id from webhook_delivery d join webhook_endpoint w on w.id = d.endpoint_id and w.enabled
        where d.state = 'waiting' and d.next_at <= now()
          and (d.enqueued_at is null or d.enqueued_at < now() - interval '30 seconds')
          and (d.lease_until is null or d.lease_until < now())
        order by d.next_at, d.id limit $1 for update of d skip locked)
      returning id`;
    return (await rows<{ id: string }>(db, sql, [limit])).map(({ id }) => id);
  }

  /** Takes those of the deliveries that may be tried now, for a minute and a half. */
  async claim(db: Db, ids: readonly string[]): Promise<ClaimedDelivery[]> {
    const sql = `
      with mine as (
        select d.id from webhook_delivery d
        where d.id = any($1::bigint[]) and d.state = 'waiting' and d.next_at <= now()
          and (d.lease_until is null or d.lease_until < now())
        order by d.id for update skip locked)
      update webhook_delivery d set attempts = d.attempts + 1, lease_until = now() + interval '90 seconds'
      from mine, webhook_endpoint w where d.id = mine.id and w.id = d.endpoint_id and w.enabled and w.retired_at is null
      returning d.id, d.endpoint_id as "endpointId", d.message_id as "messageId", d.type, d.at, d.data,
        d.attempts - d.attempts_before as tries, w.url,
        w.with_ticket as "withTicket", jsonb_build_object('type', w.owner_type, 'id', w.owner_id::text) as owner,
        array_remove(array[w.secret, case when w.previous_until > now() then w.previous_secret end], null) as secrets`;
    return rows(db, sql, [ids]);
  }

  /** Writes down how tries ended, all in one statement. A try of a lease that ran out meanwhile still counts. */
  async end(tx: Db, ends: readonly AttemptEnd[]): Promise<void> {
    const sql = `
      with e as (
        select * from unnest($1::bigint[], $2::text[], $3::float8[], $4::int[], $5::text[], $6::text[], $7::int[])
          as e (id, state, pause, status, reason, response, took_ms)
      ), ended as (
        update webhook_delivery d set state = e.state, lease_until = null, enqueued_at = null,
          next_at = now() + make_interval(secs => e.pause), done_at = case when e.state <> 'waiting' then now() end
        from e where d.id = e.id and d.state = 'waiting' returning d.id, d.attempts
      )
      insert into webhook_attempt (delivery_id, number, status, reason, response, took_ms)
      select id, ended.attempts, e.status, e.reason, e.response, e.took_ms from ended join e using (id)
      on conflict (delivery_id, number) do nothing`;
    await rows(tx, sql, [
      ends.map(({ deliveryId }) => deliveryId),
      ends.map(({ state }) => state),
      ends.map(({ pauseSeconds }) => pauseSeconds),
      ends.map(({ status }) => status),
      ends.map(({ reason }) => reason),
      ends.map(({ response }) => response),
      ends.map(({ tookMs }) => tookMs),
    ]);
  }

  /** Gives deliveries back that were not tried, to be tried later. */
  async giveBack(db: Db, ids: readonly string[], pauseSeconds: number): Promise<void> {
    const sql = `
      update webhook_delivery set attempts = attempts - 1, lease_until = null, enqueued_at = null,
        next_at = now() + make_interval(secs => $2) where id = any($1::bigint[]) and state = 'waiting'`;
    await rows(db, sql, [ids, pauseSeconds]);
  }

  /** Ends what waits for endpoints that are switched off. */
  async failWaiting(tx: Db, endpointIds: readonly string[]): Promise<void> {
    const sql = `
      update webhook_delivery set state = 'failed', done_at = now()
      where endpoint_id = any($1::bigint[]) and state = 'waiting'`;
    await rows(tx, sql, [endpointIds]);
  }

  /** Throws away what is older than a month, some at a time. */
  async dropOld(db: Db, limit: number): Promise<number> {
    const sql = `
      delete from webhook_delivery where id in (
        select id from webhook_delivery where created_at < now() - interval '30 days' and state <> 'waiting' limit $1)
      returning 1`;
    return (await rows(db, sql, [limit])).length;
  }
}
