import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { Secrets } from '#libs/platform';
import { signatures } from './sign.js';
import { WebhookBodies } from './webhook-body.service.js';
import { type ClaimedDelivery, WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { type Tried, WebhookEnds } from './webhook-ends.service.js';
import { WebhookPostClient } from './webhook-post.client.js';

/** Deliveries of one endpoint that are sent side by side. */
const abreast = 4;
/** When to come back to what waited behind a receiver that did not answer. */
const behindSeconds = 30;

/** Sends deliveries that are due. */
@Injectable()
export class WebhookSending {
  constructor(
    private readonly database: Database,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly bodies: WebhookBodies,
    private readonly client: WebhookPostClient,
    private readonly ends: WebhookEnds,
    private readonly secrets: Secrets,
  ) {}

  /** Tries those of the deliveries that are due and that no other process has. */
  async send(ids: readonly string[]): Promise<void> {
    const claimed = await this.deliveries.claim(this.database.db, ids);
    const byEndpoint = new Map<string, ClaimedDelivery[]>();
    // The oldest first, as far as one process goes: no order is promised.
    claimed.sort((one, other) => Number(BigInt(one.id) - BigInt(other.id)));
    for (const one of claimed) byEndpoint.set(one.endpointId, [...(byEndpoint.get(one.endpointId) ?? []), one]);
    await Promise.all([...byEndpoint.values()].map((group) => this.sendTo(group)));
  }

  /** One receiver that does not answer must not hold up its own line, nor count a try for each in it. */
  private async sendTo(group: readonly ClaimedDelivery[]): Promise<void> {
    for (let from = 0; from < group.length; from += abreast) {
      const tried = await Promise.all(group.slice(from, from + abreast).map((delivery) => this.try(delivery)));
      await this.ends.write(tried);
      if (!tried.every(({ outcome }) => outcome.status === null)) continue;
      const behind = group.slice(from + abreast).map(({ id }) => id);
      if (behind.length > 0) await this.deliveries.giveBack(this.database.db, behind, behindSeconds);
      return;
    }
  }

  private async try(delivery: ClaimedDelivery): Promise<Tried> {
    const { messageId: id, url } = delivery;
    const body = await this.bodies.of(delivery);
    const timestamp = Math.floor(Date.now() / 1000);
    const secrets = delivery.secrets.map((sealed) => this.secrets.unseal(sealed));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Switchboard-Webhooks',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': signatures(secrets, { id, timestamp, body }),
    };
    return { delivery, outcome: await this.client.post(url, headers, body) };
  }
}
