import { Injectable, type Type } from '@nestjs/common';
import { outboundJob, type OutboxId } from '#libs/contracts';
import type { JobHandler, JobSource } from '#libs/queue';
import type { AdapterClass } from '../channel-adapter.js';
import { Outbound } from './outbound.service.js';

/** Rows that one call may carry: enough to fill all sending orders. */
const batch = 32;

/** Handler and source of the job by which a channel is told to send: a class of its own for each adapter. */
export function outboundJobOf({ kind }: Pick<AdapterClass, 'kind'>): {
  readonly job: string;
  readonly handler: Type<JobHandler>;
  readonly source: Type<JobSource>;
} {
  const job = outboundJob(kind);

  @Injectable()
  class OutboundHandler implements JobHandler {
    readonly job = job;
    readonly batch = batch;

    constructor(private readonly outbound: Outbound) {}

    handle(ids: readonly OutboxId[]): Promise<void> {
      return this.outbound.handle(kind, ids);
    }
  }

  @Injectable()
  class OutboundSource implements JobSource {
    readonly job = job;

    constructor(private readonly outbound: Outbound) {}

    due(limit: number): Promise<readonly OutboxId[]> {
      return this.outbound.due(kind, limit);
    }
  }

  return { job, handler: OutboundHandler, source: OutboundSource };
}
