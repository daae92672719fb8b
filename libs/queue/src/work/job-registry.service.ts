import { Injectable } from '@nestjs/common';
import type { JobHandler, JobSource } from '../job-queue.js';
import { type JobEntry, jobFaults } from './check-jobs.js';

/** What one `QueueModule.work` brings. */
export interface Registration {
  readonly jobs: readonly string[];
  readonly handlers: readonly JobHandler[];
  readonly sources: readonly JobSource[];
}

/** All jobs of this process, from every `QueueModule.work`. */
@Injectable()
export class JobRegistry {
  private readonly works = new Set<string>();
  private readonly allHandlers: JobHandler[] = [];
  private readonly allSources: JobSource[] = [];

  get handlers(): readonly JobHandler[] {
    return this.allHandlers;
  }

  get sources(): readonly JobSource[] {
    return this.allSources;
  }

  register({ jobs, handlers, sources }: Registration): void {
    for (const job of jobs) this.works.add(job);
    this.allHandlers.push(...handlers);
    this.allSources.push(...sources);
  }

  /** Every job with the names of its handlers and sources, in order of the jobs. */
  entries(): JobEntry[] {
    const named = (users: readonly { readonly job: string }[], job: string): string[] =>
      users.filter((user) => user.job === job).map((user) => user.constructor.name);
    return [
      ...new Set([...this.works, ...this.allHandlers.map(({ job }) => job), ...this.allSources.map(({ job }) => job)]),
    ]
      .sort()
      .map((job) => ({ job, handlers: named(this.allHandlers, job), sources: named(this.allSources, job) }));
  }

  /** Refuses to go on with a job that has no handler, or two, or no source. */
  check(): void {
    const faults = jobFaults(this.works, this.entries());
    if (faults.length > 0) throw new Error(`The process cannot work its jobs. ${faults.join(' ')}`);
  }
}
