import { Injectable } from '@nestjs/common';
import { jobs, type QueueId } from '#libs/contracts';
import { Metrics } from '#libs/platform';
import type { JobHandler } from '#libs/queue';
import { AssignWaiting } from '#libs/routing';

/** Queues whose waiting work should be offered: work came, room was given back, somebody came on. */
@Injectable()
export class AssignWaitingJob implements JobHandler {
  readonly job = jobs.routing;
  readonly batch = 50;
  private readonly assigned;

  constructor(
    private readonly waiting: AssignWaiting,
    metrics: Metrics,
  ) {
    this.assigned = metrics.counter('switchboard_assignments_total', 'Work items given to specialists');
  }

  async handle(ids: readonly QueueId[]): Promise<void> {
    const { assigned } = await this.waiting.assign(ids);
    this.assigned.inc(assigned);
  }
}
