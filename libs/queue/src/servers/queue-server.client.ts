import type { Processor, Queue, Worker } from 'bullmq';

/** Where BullMQ keeps its jobs. Objects that it makes belong to it: `close` ends them all. */
export abstract class QueueServer {
  /** Name for the log and the metrics. */
  abstract readonly kind: 'redis' | 'postgres';

  /** The queue of a job, for putting on and counting: calls fail within seconds while the server is away. */
  abstract queue(job: string): Queue;

  /** A worker that goes on by itself when the server comes back. */
  abstract worker(job: string, work: Processor, options: { readonly concurrency: number }): Worker;

  /** Resolves when the server answers; may wait for an answer for ever. */
  abstract ping(): Promise<void>;

  /** Calls `told` whenever a connection is made. */
  abstract onConnect(told: () => void): void;

  /** Ends every connection at once; what waits for an answer fails. */
  abstract close(): Promise<void>;
}
