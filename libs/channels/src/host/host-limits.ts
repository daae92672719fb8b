/** How long things take and wait in a host, and how much they may use; a test gives a host smaller ones. */
export class HostLimits {
  /** A host that is silent for so long has lost its accounts to others. */
  readonly leaseMs: number = 30_000;
  readonly renewMs: number = 10_000;
  /** How long a starting host waits for its accounts to work or to tell what is wrong. */
  readonly openMs: number = 3_000;
  /** How often accounts are read again. */
  readonly pollMs: number = 3_000;
  /** How often raw rows that nobody works on are looked for. */
  readonly sweepMs: number = 1_000;
  /**
   * How long raw rows belong to whoever took them: as long they wait when that process was killed. Redoing rows
   * that somebody still works on costs time and changes nothing.
   */
  readonly claimMs: number = 45_000;
  /** First pause after a failed `receive`; doubles up to the longest. */
  readonly pauseMs: number = 5_000;
  readonly longestPauseMs: number = 300_000;
  /** A receive that went on for so long without trouble works. */
  readonly provenMs: number = 10_000;
  /** One item in the parser. */
  readonly parseMs: number = 10_000;
  /** Heap of a parser's process; what it holds outside of it may be twice as much. */
  readonly parseMemoryMiB: number = 256;
  /** After so long the items behind a slow one go to another parser. */
  readonly parseStallMs: number = 2_000;
  /** What a parser's child process runs. */
  readonly parserEntry: URL = new URL('./parser/parser-child.command.js', import.meta.url);
  /** All files of one message that have to be fetched from the provider. */
  readonly fetchMs: number = 60_000;
  readonly fetchPauseMs: number = 1_000;
  /** One sending, all of it; shorter than its lease, so that a lease that ended means that nobody sends any more. */
  readonly sendMs: number = 120_000;
  /** How long an adapter has to end once its time is over. */
  readonly lateMs: number = 2_000;
  /** How long acknowledgements wait at most for a flood of mail to be taken in. */
  readonly automaticWaitMs: number = 10_000;
  readonly sendLeaseMs: number = 180_000;
  /** What must be left of the lease to pass the fence. */
  readonly fenceMs: number = 60_000;
  /** How long stopping waits for adapters to come to an end. */
  readonly stopMs: number = 10_000;
}
