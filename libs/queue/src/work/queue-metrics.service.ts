import { Injectable } from '@nestjs/common';
import { Metrics } from '#libs/platform';

type Outcome = 'done' | 'failed';

/** Numbers of what this process works; how much waits is asked of `JobQueue.counts` by whoever shows it. */
@Injectable()
export class QueueMetrics {
  private readonly worked;
  private readonly seconds;
  private readonly size;
  private readonly polls;

  constructor(metrics: Metrics) {
    this.worked = metrics.counter('switchboard_jobs_worked_total', 'Jobs handled here', ['job', 'outcome']);
    this.seconds = metrics.histogram('switchboard_job_batch_seconds', 'How long a batch of jobs takes', ['job']);
    this.size = metrics.histogram('switchboard_job_batch_size', 'Jobs in one batch', ['job'], [1, 5, 20, 50, 100, 200]);
    this.polls = metrics.gauge('switchboard_queue_polling', '1 while work is taken without the queue’s server');
    this.polls.set(0);
  }

  /** A batch begins; what it gives is called with how it ended. */
  begin(job: string, count: number): (outcome: Outcome) => void {
    const stop = this.seconds.startTimer({ job });
    this.size.observe({ job }, count);
    return (outcome) => {
      stop();
      this.worked.inc({ job, outcome }, count);
    };
  }

  polling(is: boolean): void {
    this.polls.set(is ? 1 : 0);
  }
}
