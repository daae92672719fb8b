import { Injectable } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import type { JobHandler } from '#libs/queue';
import { BulkWork } from '#libs/routing';

/** Acts on many tickets: one at a time, two at once, each for a while. */
@Injectable()
export class WorkBulkJob implements JobHandler {
  readonly job = jobs.bulk;
  readonly batch = 1;

  constructor(private readonly work: BulkWork) {}

  async handle(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.work.goOn(id);
  }
}
