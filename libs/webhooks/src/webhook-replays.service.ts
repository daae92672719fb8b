import { Injectable } from '@nestjs/common';
import { eventTypes, jobs } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository, JobQueue } from '#libs/queue';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import { testType, type WebhookDelivery, type WebhookEndpoint } from './webhook.js';

const pageSize = 1_000;

/** Deliveries that people ask for: one to try an endpoint, and those that went wrong once more. */
@Injectable()
export class WebhookReplays {
  constructor(
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly events: EventsRepository,
    private readonly queue: JobQueue,
  ) {}

  test(endpointId: string): Promise<WebhookDelivery> {
    return this.database.transaction(async (tx, afterCommit) => {
      await this.listening(tx, endpointId);
      const delivery = await this.deliveries.addTest(tx, endpointId, testType);
      afterCommit(() => this.queue.add(jobs.webhooks, [delivery.id]));
      return delivery;
    });
  }

  /** One that ended, again, under the same id: a receiver that has it already knows it. */
  one(endpointId: string, id: string): Promise<WebhookDelivery> {
    return this.database.transaction(async (tx, afterCommit) => {
      await this.listening(tx, endpointId);
      const before = await this.deliveries.get(tx, endpointId, id);
      if (!before) throw new DeskError('not_found');
      const ids = await this.deliveries.again(tx, endpointId, { id });
      afterCommit(() => this.queue.add(jobs.webhooks, ids));
      return (await this.deliveries.get(tx, endpointId, id)) ?? before;
    });
  }

  /** What failed in a stretch of time, and what happened then and was never told; gives how many deliveries that is. */
  async since(endpointId: string, since: Date, until: Date): Promise<number> {
    const { events: types } = await this.listening(this.database.db, endpointId);
    const wanted = types.includes('*') ? eventTypes : types;
    let count = 0;
    for (let after = '0'; ;) {
      const page = await this.events.between(this.database.db, { since, until, types: wanted, after }, pageSize);
      count += await this.start((tx) => this.deliveries.fanOut(tx, page, endpointId));
      after = page.at(-1)?.id ?? after;
      if (page.length < pageSize) break;
    }
    return count + (await this.start((tx) => this.deliveries.again(tx, endpointId, { since, until })));
  }

  private start(make: (tx: Db) => Promise<string[]>): Promise<number> {
    return this.database.transaction(async (tx, afterCommit) => {
      const ids = await make(tx);
      afterCommit(() => this.queue.add(jobs.webhooks, ids));
      return ids.length;
    });
  }

  private async listening(db: Db, id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.get(db, id);
    if (!endpoint) throw new DeskError('not_found');
    if (!endpoint.enabled) throw new DeskError('conflict', 'refusal.webhookOff');
    return endpoint;
  }
}
