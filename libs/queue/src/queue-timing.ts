/** How long the queue waits for what; the token by which a test gives shorter times. */
export class QueueTiming {
  /** How often the dispatcher looks for unfinished work and whether the queue's server answers. */
  readonly tickMs: number = 1_000;
  /** An answer of the queue's server that takes longer counts as none. */
  readonly answerMs: number = 2_000;
  /** With the server away for so long, workers take their work from the database themselves. */
  readonly degradeAfterMs: number = 30_000;
  /** A batch that is not full waits for more as long as jobs keep coming so close together … */
  readonly lingerMs: number = 2;
  /** … and never longer than this after its first. */
  readonly longestLingerMs: number = 15;
  /** When to look again at a job whose version this worker does not know. */
  readonly unknownVersionMs: number = 10_000;
  /** How long stopping waits for handlers that are at work. */
  readonly drainMs: number = 20_000;
}
