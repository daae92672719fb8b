import { Injectable, type Type } from '@nestjs/common';
import { checkJob, outboundJob, type OutboxId } from '#libs/contracts';
import type { JobHandler, JobSource } from '#libs/queue';
import type { AdapterClass } from '../channel-adapter.js';
import { AccountTrials } from '../check/account-trials.service.js';
import { Outbound } from './outbound.service.js';

/** Rows that one call may carry: enough to fill all sending orders. */
const batch = 32;

/** A job of one channel with who works it. */
export interface ChannelJob {
  readonly job: string;
  readonly handler: Type<JobHandler>;
  readonly source: Type<JobSource>;
}

/** Handler and source of the job by which a channel is told to send: a class of its own for each adapter. */
export function outboundJobOf({ kind }: Pick<AdapterClass, 'kind'>): ChannelJob {
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

/** Handler and source of the job by which a channel is told to try settings. */
export function checkJobOf({ kind }: Pick<AdapterClass, 'kind'>): ChannelJob {
  const job = checkJob(kind);

  @Injectable()
  class CheckHandler implements JobHandler {
    readonly job = job;
    readonly batch = 4;

    constructor(private readonly trials: AccountTrials) {}

    handle(ids: readonly string[]): Promise<void> {
      return this.trials.handle(kind, ids);
    }
  }

  @Injectable()
  class CheckSource implements JobSource {
    readonly job = job;

    constructor(private readonly trials: AccountTrials) {}

    due(limit: number): Promise<readonly string[]> {
      return this.trials.due(kind, limit);
    }
  }

  return { job, handler: CheckHandler, source: CheckSource };
}
