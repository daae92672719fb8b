import { Injectable } from '@nestjs/common';
import { jobs, type InboxId } from '#libs/contracts';
import { Metrics } from '#libs/platform';
import type { JobHandler } from '#libs/queue';
import { RouteInbound } from '#libs/routing';

const lagBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300];

/** The ticket stream: inbound rows that are normalized and wait for their ticket. */
@Injectable()
export class RouteInboundJob implements JobHandler {
  readonly job = jobs.inbound;
  // Most of what a round costs does not grow with its rows.
  readonly batch = 250;
  private readonly routed;
  private readonly lag;

  constructor(
    private readonly router: RouteInbound,
    metrics: Metrics,
  ) {
    this.routed = metrics.counter('switchboard_inbound_routed_total', 'Inbound items by how they ended', ['fate']);
    this.lag = metrics.histogram(
      'switchboard_inbound_lag_seconds',
      'From the receipt of an item to its ticket',
      [],
      lagBuckets,
    );
  }

  async handle(ids: readonly InboxId[]): Promise<void> {
    for (const { fate, lagMs } of await this.router.route(ids)) {
      this.routed.inc({ fate });
      this.lag.observe(lagMs / 1000);
    }
  }
}
