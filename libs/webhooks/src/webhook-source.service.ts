import { Injectable } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import { Database } from '#libs/database';
import type { JobSource } from '#libs/queue';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';

/** Deliveries that are due. */
@Injectable()
export class WebhookSource implements JobSource {
  readonly job = jobs.webhooks;

  constructor(
    private readonly database: Database,
    private readonly deliveries: WebhookDeliveriesRepository,
  ) {}

  due(limit: number): Promise<readonly string[]> {
    return this.deliveries.due(this.database.db, limit);
  }
}
