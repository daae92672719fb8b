import { Injectable } from '@nestjs/common';
import { jobs, type QueueId } from '#libs/contracts';
import { Database } from '#libs/database';
import type { JobSource } from '#libs/queue';
import { QueuesRepository } from '#libs/specialists';
import { WorkLoadRepository } from './work-load.repository.js';

/** Names the queues in which work waits although somebody could take it. */
@Injectable()
export class WaitingSource implements JobSource {
  readonly job = jobs.routing;

  constructor(
    private readonly database: Database,
    private readonly load: WorkLoadRepository,
    private readonly queues: QueuesRepository,
  ) {}

  async due(limit: number): Promise<readonly QueueId[]> {
    const { db } = this.database;
    const waiting = await this.load.waitingQueues(db);
    if (waiting.length === 0) return [];
    return this.queues.markDue(db, waiting, await this.load.unexplainedQueues(db), limit);
  }
}
