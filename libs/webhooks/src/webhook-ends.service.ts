import { Injectable, Logger } from '@nestjs/common';
import { AuditLog } from '#libs/audit';
import { Database } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { planRetry } from './plan-retry.js';
import { type AttemptEnd, type ClaimedDelivery, WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import type { PostOutcome } from './webhook-post.client.js';

/** A delivery and what came of trying it. */
export interface Tried {
  readonly delivery: ClaimedDelivery;
  readonly outcome: PostOutcome;
}

/** The receiver says that it is no more. */
const gone = 410;

/** Writes down what became of tries, and switches off what nothing has reached for days. */
@Injectable()
export class WebhookEnds {
  private readonly log = new Logger(WebhookEnds.name);

  constructor(
    private readonly database: Database,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly events: EventsRepository,
    private readonly audit: AuditLog,
  ) {}

  /** All of one endpoint. */
  async write(tried: readonly Tried[]): Promise<void> {
    const [first] = tried;
    if (!first) return;
    const { endpointId } = first.delivery;
    const off = await this.database.transaction(async (tx) => {
      await this.deliveries.end(tx, tried.map(endOf));
      if (tried.some(({ outcome }) => !outcome.reason)) {
        await this.endpoints.succeeded(tx, [endpointId]);
        return undefined;
      }
      await this.endpoints.failed(tx, [endpointId]);
      const isGone = tried.some(({ outcome }) => outcome.status === gone);
      const [switched] = await this.endpoints.switchOff(tx, [endpointId], isGone ? [endpointId] : []);
      if (!switched) return undefined;
      await this.deliveries.failWaiting(tx, [endpointId]);
      const data = { what: 'webhooks', id: endpointId, offReason: switched.offReason };
      await this.events.add(tx, [{ type: 'desk.changed', data }]);
      return switched;
    });
    if (!off) return;
    this.log.warn({ endpoint: off.id, reason: off.offReason, msg: 'A webhook was switched off' });
    await this.audit.add({
      at: new Date(),
      actor: { type: 'desk', id: null, role: null },
      act: 'webhook.switchedOff',
      object: { type: 'webhook', id: off.id },
      outcome: 'done',
      network: null,
      details: { reason: off.offReason },
    });
  }
}

function endOf({ delivery: { id, tries }, outcome }: Tried): AttemptEnd {
  const { status, reason, response, retryAfterSeconds, tookMs } = outcome;
  const told = { deliveryId: id, status, reason: reason ?? null, response, tookMs };
  if (!reason) return { ...told, state: 'delivered', pauseSeconds: 0 };
  const pause = status === gone ? undefined : planRetry({ tries, retryAfterSeconds }, Math.random());
  return { ...told, state: pause === undefined ? 'failed' : 'waiting', pauseSeconds: pause ?? 0 };
}
