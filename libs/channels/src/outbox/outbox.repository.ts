import { Injectable } from '@nestjs/common';
import type { MessageId, OutboxId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { storableJson } from '../inbox/storable-json.js';
import { deliveryChanged } from './delivery-changed.js';
import { outboxColumns } from './outbox-columns.js';
import type { NewOutbox, OutboxRow, UndeliveredFilter } from './outbox-row.js';

/** What the desk wants sent, and what people may do about it. Sending itself is `SendingRepository`. */
@Injectable()
export class OutboxRepository {
  constructor(private readonly events: EventsRepository) {}

  /**
   * Writes rows in the caller's transaction; ring `outboundJob(channel)` with the ids after the commit, or say that
   * nobody will (`rung: false`): then the gateway's dispatcher finds them at its next look. A row whose `idem` is
   * known adds nothing and answers the id that is there.
   */
  async add(tx: Db, items: readonly NewOutbox[], { rung = true } = {}): Promise<OutboxId[]> {
    if (items.length === 0) return [];
    await rows(
      tx,
      `insert into outbox (ticket_id, message_id, order_key, channel, account_id, message, destination, external_id,
         idem, automatic, enqueued_at)
       select ticket_id, message_id, order_key, channel, account_id, message::jsonb, message::jsonb ->> 'to',
         external_id, idem, automatic, case when $10 then now() end
       from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[],
         $9::boolean[]) with ordinality
         as item (ticket_id, message_id, order_key, channel, account_id, message, external_id, idem, automatic, n)
       order by n on conflict (idem) do nothing`,
      [
        items.map(({ ticketId }) => ticketId),
        items.map(({ messageId }) => messageId),
        items.map(({ orderKey }) => orderKey),
        items.map(({ channel }) => channel),
        items.map(({ accountId }) => accountId),
        items.map(({ message }) => storableJson(message)),
        items.map(({ externalId }) => externalId),
        items.map(({ idem }) => idem),
        items.map(({ automatic }) => automatic),
        rung,
      ],
    );
    const ids = await rows<{ id: OutboxId }>(
      tx,
      `select o.id from unnest($1::text[]) with ordinality as wish (idem, n) join outbox o on o.idem = wish.idem order by n`,
      [items.map(({ idem }) => idem)],
    );
    return ids.map(({ id }) => id);
  }

  async get(db: Db, id: OutboxId): Promise<OutboxRow | undefined> {
    return (await rows<OutboxRow>(db, `select ${outboxColumns} from outbox where id = $1`, [id]))[0];
  }

  /** All rows of these messages, parts included, in the order in which they leave. */
  byMessages(db: Db, messageIds: readonly MessageId[]): Promise<OutboxRow[]> {
    return rows<OutboxRow>(
      db,
      `select ${outboxColumns} from outbox where message_id = any($1) order by coalesce(origin_id, id), part`,
      [messageIds],
    );
  }

  byExternal(db: Db, externalIds: readonly string[]): Promise<OutboxRow[]> {
    return rows<OutboxRow>(db, `select ${outboxColumns} from outbox where external_id = any($1) order by id`, [
      externalIds,
    ]);
  }

  /** By the ids that the provider gave (`chat:message`): what an answer in a messenger refers to. */
  byProvider(db: Db, channel: string, providerIds: readonly string[]): Promise<OutboxRow[]> {
    return rows<OutboxRow>(
      db,
      `select ${outboxColumns} from outbox where channel = $1 and provider_id = any($2) order by id`,
      [channel, providerIds],
    );
  }

  /**
   * How many automatic messages about tickets each destination of a channel got within the last day (0 where none is
   * named). Answers to commands of a bot are asked for, so they do not count.
   */
  async automaticCounts(db: Db, channel: string, destinations: readonly string[]): Promise<Map<string, number>> {
    const found = await rows<{ destination: string; n: number }>(
      db,
      `select destination, count(*)::int as n from outbox
       where automatic and ticket_id is not null and origin_id is null and channel = $1 and destination = any($2)
         and created_at > now() - interval '1 day'
       group by destination`,
      [channel, destinations],
    );
    return new Map(found.map(({ destination, n }) => [destination, n]));
  }

  /** A person wants it sent again: a failed row, or one of unknown outcome. Answers the row, if it was such a one. */
  retry(tx: Db, id: OutboxId): Promise<OutboxRow | undefined> {
    return this.move(
      tx,
      id,
      'retried',
      `state = 'queued', next_at = now(), enqueued_at = now(), attempts = 0, phase = null, reason_code = null,
       reason = null where id = $1 and state in ('failed', 'unknown')`,
    );
  }

  /** A person found out that a row of unknown outcome did arrive. */
  markSent(tx: Db, id: OutboxId): Promise<OutboxRow | undefined> {
    return this.move(
      tx,
      id,
      'marked-sent',
      `state = 'sent', sent_at = now(), reason_code = null, reason = null where id = $1 and state = 'unknown'`,
    );
  }

  private async move(tx: Db, id: OutboxId, event: string, change: string): Promise<OutboxRow | undefined> {
    const [row] = await rows<OutboxRow>(
      tx,
      `with moved as (update outbox set ${change} returning *),
       noted as (insert into outbox_event (outbox_id, event) select id, '${event}' from moved)
       select ${outboxColumns} from moved`,
      [id],
    );
    if (row) await this.events.add(tx, [deliveryChanged(row)]);
    return row;
  }

  /** What needs a look: failed, unknown, or tried in vain so far; oldest first. `cursor` is the `next` before. */
  async undelivered(
    db: Db,
    filter: UndeliveredFilter = {},
    cursor?: string,
  ): Promise<{ readonly items: OutboxRow[]; readonly next: string | undefined }> {
    const limit = filter.limit ?? 50;
    const found = await rows<OutboxRow>(
      db,
      `select ${outboxColumns} from outbox
       where state = any($1) and (state <> 'queued' or attempts > 0) and ($2::text is null or channel = $2)
         and ($3::bigint is null or account_id = $3) and ($4::bigint is null or id > $4)
       order by id limit $5`,
      [
        filter.states ?? ['queued', 'verifying', 'failed', 'unknown'],
        filter.channel ?? null,
        filter.accountId ?? null,
        cursor ?? null,
        limit + 1,
      ],
    );
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? items.at(-1)?.id : undefined };
  }
}
