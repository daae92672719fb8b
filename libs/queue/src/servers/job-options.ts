/** What a server tells those who use it, and how long they wait for it. */
export interface ServerReports {
  readonly answerMs: number;
  readonly fault: (error: Error) => void;
}

/** Nothing of a job outlives its handling: repeating is decided in PostgreSQL alone. */
export const defaultJobOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const;

/** A worker that dies gives its jobs back; a job that was given back too often is dropped, not its row. */
export const workerOptions = { autorun: false, maxStalledCount: 3, runRetryDelay: 500 } as const;
