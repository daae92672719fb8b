import { Injectable } from '@nestjs/common';
import { type Db, rows } from '#libs/database';
import type { OffReason, WebhookEndpoint, WebhookOwner } from './webhook.js';

export interface NewEndpoint {
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly withTicket: boolean;
  readonly enabled: boolean;
  readonly owner: WebhookOwner;
  /** Sealed. */
  readonly secret: string;
}

/** What of an endpoint is changed; what is left out stays. */
export interface EndpointChange {
  readonly url?: string | undefined;
  readonly description?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly withTicket?: boolean | undefined;
  readonly enabled?: boolean | undefined;
}

const columns = `id, url, description, events, with_ticket as "withTicket",
  jsonb_build_object('type', owner_type, 'id', owner_id::text) as owner, enabled, off_reason as "offReason",
  failing_since as "failingSince", case when previous_until > now() then previous_until end as "previousUntil",
  retired_at as "archivedAt", created_at as "createdAt", version`;
const listening = 'enabled and retired_at is null';

/** SQL of `webhook_endpoint`. */
@Injectable()
export class WebhookEndpointsRepository {
  list(db: Db): Promise<WebhookEndpoint[]> {
    return rows(db, `select ${columns} from webhook_endpoint where retired_at is null order by id`);
  }

  async get(db: Db, id: string): Promise<WebhookEndpoint | undefined> {
    const sql = `select ${columns} from webhook_endpoint where id = $1 and retired_at is null`;
    return (await rows<WebhookEndpoint>(db, sql, [id]))[0];
  }

  async lock(tx: Db, id: string): Promise<WebhookEndpoint | undefined> {
    const sql = `select ${columns} from webhook_endpoint where id = $1 and retired_at is null for update`;
    return (await rows<WebhookEndpoint>(tx, sql, [id]))[0];
  }

  /** Whether anybody listens. */
  async anyListens(db: Db): Promise<boolean> {
    const sql = `select exists (select from webhook_endpoint where ${listening}) as yes`;
    return (await rows<{ yes: boolean }>(db, sql))[0]?.yes === true;
  }

  async add(tx: Db, endpoint: NewEndpoint): Promise<WebhookEndpoint> {
    const { url, description, events, withTicket, enabled, owner, secret } = endpoint;
    const sql = `
      insert into webhook_endpoint (url, description, events, with_ticket, enabled, owner_type, owner_id, secret)
      values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${columns}`;
    const values = [url, description, events, withTicket, enabled, owner.type, owner.id, secret];
    return (await rows<WebhookEndpoint>(tx, sql, values))[0] as WebhookEndpoint;
  }

  /** Whoever changes it answers for it from then on. Switched on, it hears what happens from now on. */
  async change(tx: Db, id: string, change: EndpointChange, owner: WebhookOwner): Promise<WebhookEndpoint> {
    const { url, description, events, withTicket, enabled } = change;
    const sql = `
      update webhook_endpoint set url = coalesce($2, url), description = coalesce($3, description),
        events = coalesce($4::text[], events), with_ticket = coalesce($5, with_ticket), enabled = coalesce($6, enabled),
        owner_type = $7, owner_id = $8, version = version + 1,
        off_reason = case when $6 is null then off_reason end,
        failing_since = case when $6 or $2 is not null then null else failing_since end,
        listens_from = case when $6 and not enabled then now() else listens_from end
      where id = $1 returning ${columns}`;
    const values = [id, url, description, events, withTicket, enabled, owner.type, owner.id];
    return (
      await rows<WebhookEndpoint>(
        tx,
        sql,
        values.map((value) => value ?? null),
      )
    )[0] as WebhookEndpoint;
  }

  /** Puts a new secret in place; the one before signs, too, for some hours. */
  async rotate(tx: Db, id: string, secret: string, overlapHours: number): Promise<WebhookEndpoint> {
    const sql = `
      update webhook_endpoint set secret = $2, version = version + 1,
        previous_secret = case when $3::int > 0 then secret end,
        previous_until = case when $3::int > 0 then now() + make_interval(hours => $3::int) end
      where id = $1 returning ${columns}`;
    return (await rows<WebhookEndpoint>(tx, sql, [id, secret, overlapHours]))[0] as WebhookEndpoint;
  }

  /** Takes it out of use; its deliveries stay to be read, its secrets go. */
  async archive(tx: Db, id: string): Promise<void> {
    const sql = `
      update webhook_endpoint set retired_at = now(), enabled = false, secret = '', previous_secret = null,
        previous_until = null, version = version + 1 where id = $1`;
    await rows(tx, sql, [id]);
  }

  /** It answered well: whatever was wrong is over. */
  async succeeded(db: Db, ids: readonly string[]): Promise<void> {
    const sql = `update webhook_endpoint set failing_since = null where id = any($1) and failing_since is not null`;
    await rows(db, sql, [ids]);
  }

  async failed(db: Db, ids: readonly string[]): Promise<void> {
    const sql = `update webhook_endpoint set failing_since = now() where id = any($1) and failing_since is null`;
    await rows(db, sql, [ids]);
  }

  /** Switches off those of the endpoints that said they are gone, or that nothing reached for three days. */
  async switchOff(
    tx: Db,
    ids: readonly string[],
    gone: readonly string[],
  ): Promise<{ id: string; offReason: OffReason }[]> {
    const sql = `
      update webhook_endpoint set enabled = false, version = version + 1,
        off_reason = case when id = any($2::bigint[]) then 'gone' else 'failing' end
      where id = any($1::bigint[]) and enabled
        and (id = any($2::bigint[]) or failing_since < now() - interval '3 days')
      returning id, off_reason as "offReason"`;
    return rows(tx, sql, [ids, gone]);
  }
}
