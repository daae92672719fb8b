import { Injectable, Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { type JobPayload, jobVersion } from '#libs/contracts';
import { JobQueue } from './job-queue.js';
import { QueueLink } from './servers/queue-link.service.js';
import { QueueServer } from './servers/queue-server.client.js';

/** Jobs in one request to the server. */
const mostAtOnce = 500;

/** The queue on BullMQ. Which server keeps the jobs makes no difference to anybody here. */
@Injectable()
export class BullmqQueue extends JobQueue {
  private readonly log = new Logger(BullmqQueue.name);
  private readonly queues = new Map<string, Queue>();

  constructor(
    private readonly server: QueueServer,
    private readonly link: QueueLink,
  ) {
    super();
  }

  async add(job: string, ids: readonly string[]): Promise<void> {
    try {
      for (let from = 0; from < ids.length && this.link.isUp; from += mostAtOnce) {
        const items = ids.slice(from, from + mostAtOnce).map((id) => ({ name: job, data: payload(id) }));
        await this.link.inTime(this.open(job).addBulk(items));
      }
    } catch (err) {
      // The next look at the server decides whether it is away; the dispatcher brings these ids again either way.
      this.log.debug({ err, job, count: ids.length, msg: 'Not put on the queue' });
    }
  }

  async counts(job: string): Promise<Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>> {
    if (!this.link.isUp) throw new Error('The queue’s server is away.');
    const counts = await this.link.inTime(this.open(job).getJobCounts('waiting', 'active', 'delayed', 'failed'));
    const { waiting = 0, active = 0, delayed = 0, failed = 0 } = counts;
    return { waiting, active, delayed, failed };
  }

  /** The queue of a job as BullMQ has it, for a page that shows queues. */
  open(job: string): Queue {
    const queue = this.queues.get(job) ?? this.server.queue(job);
    this.queues.set(job, queue);
    return queue;
  }
}

const payload = (id: string): JobPayload => ({ v: jobVersion, id });
