import { Injectable } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import type { JobHandler } from '#libs/queue';
import { WebhookSending } from '#libs/webhooks';

/** Deliveries of webhooks that are due. */
@Injectable()
export class SendWebhooksJob implements JobHandler {
  readonly job = jobs.webhooks;
  readonly batch = 32;
  // A receiver may take its time, and others must not wait for it.
  readonly flights = 8;

  constructor(private readonly sending: WebhookSending) {}

  handle(ids: readonly string[]): Promise<void> {
    return this.sending.send(ids);
  }
}
