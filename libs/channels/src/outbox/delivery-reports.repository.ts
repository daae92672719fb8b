import { Injectable } from '@nestjs/common';
import type { DeliveryReport, OutboxId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { deliveryChanged } from './delivery-changed.js';
import { outboxColumns } from './outbox-columns.js';
import type { OutboxRow } from './outbox-row.js';

export interface ReportedRow {
  readonly id: OutboxId;
  readonly outcome: DeliveryReport['outcome'];
  readonly code: string;
  readonly reason: string;
}

/** What was told about items after they had left: bounces, delays, receipts of servers. */
@Injectable()
export class DeliveryReportsRepository {
  constructor(private readonly events: EventsRepository) {}

  /**
   * Notes reports on rows that have left. A failure ends a row as failed, a delivery settles one of unknown outcome,
   * a delay changes nothing.
   */
  async report(tx: Db, reports: readonly ReportedRow[]): Promise<void> {
    const noted = await rows<OutboxRow>(
      tx,
      `with told as (
         select distinct on (id) * from unnest($1::bigint[], $2::text[], $3::text[], $4::text[])
           as r (id, outcome, code, reason) order by id, outcome desc
       ), held as (
         select o.id, o.state, t.outcome, t.code as told_code, t.reason as told_reason,
           case when t.outcome = 'failed' and o.state in ('sent', 'unknown', 'verifying') then 'failed'
                when t.outcome = 'delivered' and o.state in ('unknown', 'verifying') then 'sent' end as becomes
         from outbox o join told t using (id) order by o.id for update of o
       ), noted as (
         insert into outbox_event (outbox_id, event, detail)
         select id, 'reported-' || outcome, jsonb_build_object('code', told_code, 'reason', told_reason) from held
       ), changed as (
         update outbox o set state = h.becomes, phase = null, lease = null, lease_until = null,
           sent_at = coalesce(o.sent_at, case h.becomes when 'sent' then now() end),
           reason_code = case h.becomes when 'failed' then h.told_code end,
           reason = case h.becomes when 'failed' then h.told_reason end
         from held h where o.id = h.id and h.becomes is not null returning o.*
       )
       select ${outboxColumns} from changed order by id`,
      [
        reports.map(({ id }) => id),
        reports.map(({ outcome }) => outcome),
        reports.map(({ code }) => code),
        reports.map(({ reason }) => reason.slice(0, 500)),
      ],
    );
    if (noted.length > 0) await this.events.add(tx, noted.map(deliveryChanged));
  }
}
