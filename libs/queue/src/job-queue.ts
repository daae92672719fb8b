/**
 * The queue as the rest of the desk sees it. PostgreSQL holds the truth; a job is a hint that a row waits. Every
 * job may be lost or come twice, so a handler locks its rows and looks at their state, and a source names what
 * is unfinished so that the dispatcher can put it on again.
 */
export abstract class JobQueue {
  /** Puts ids on `job`. Best effort: a failure is logged and repaired by the dispatcher, never thrown. */
  abstract add(job: string, ids: readonly string[]): Promise<void>;

  /** Jobs waiting, active, delayed and failed; throws when the queue's server is away. */
  abstract counts(job: string): Promise<Readonly<Record<'waiting' | 'active' | 'delayed' | 'failed', number>>>;
}

/** Works the jobs of one name. */
export interface JobHandler {
  readonly job: string;
  /** How many jobs that wait at the same moment may come in one call. */
  readonly batch: number;
  /** How many such calls may run at the same time in one process; 2 if not given. */
  readonly flights?: number;
  /** Does the work of these ids; throwing leaves them to the dispatcher. Ids that need nothing are skipped. */
  handle(ids: readonly string[]): Promise<void>;
}

/** Names the unfinished work of one job. */
export interface JobSource {
  readonly job: string;
  /**
   * Up to `limit` ids that should be worked and were not put on the queue within the last 30 s (by the
   * database clock); marks them as put on now. Also what workers poll while the queue's server is away.
   */
  due(limit: number): Promise<readonly string[]>;
}
