import { Inject, Injectable, type Type } from '@nestjs/common';
import { checkJob, outboundJob } from '#libs/contracts';
import type { JobHandler, JobSource } from '#libs/queue';
import type { AdapterClass } from '../channel-adapter.js';
import { AccountTrials } from '../check/account-trials.service.js';
import { Outbound } from './outbound.service.js';

/** A job of one channel with who works it. */
export interface ChannelJob {
  readonly job: string;
  readonly handler: Type<JobHandler>;
  readonly source: Type<JobSource>;
}

/** A service that does the work of any channel. */
interface ChannelWork {
  handle(kind: string, ids: readonly string[]): Promise<void>;
  due(kind: string, limit: number): Promise<readonly string[]>;
}

type Kind = Pick<AdapterClass, 'kind'>;

/** By this job a channel is told to send: a call carries enough rows to fill all sending orders. */
export const outboundJobOf = ({ kind }: Kind): ChannelJob => channelJob(outboundJob(kind), kind, Outbound, 32);

/** By this job a channel is told to try settings. */
export const checkJobOf = ({ kind }: Kind): ChannelJob => channelJob(checkJob(kind), kind, AccountTrials, 4);

/** Handler and source of a job: classes of its own for each channel, because a class is what the container knows. */
function channelJob(job: string, kind: string, service: Type<ChannelWork>, batch: number): ChannelJob {
  @Injectable()
  class ChannelHandler implements JobHandler {
    readonly job = job;
    readonly batch = batch;

    constructor(@Inject(service) private readonly work: ChannelWork) {}

    handle(ids: readonly string[]): Promise<void> {
      return this.work.handle(kind, ids);
    }
  }

  @Injectable()
  class ChannelSource implements JobSource {
    readonly job = job;

    constructor(@Inject(service) private readonly work: ChannelWork) {}

    due(limit: number): Promise<readonly string[]> {
      return this.work.due(kind, limit);
    }
  }

  return { job, handler: ChannelHandler, source: ChannelSource };
}
