const minute = 60;
const hour = 60 * minute;

/** Seconds from one attempt to the next: soon at first, then over three days. */
const pauses = [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** Longest wait that a receiver can ask for. */
const longestAsked = 24 * hour;

/** How an attempt ended, as far as the next one depends on it. */
export interface Attempted {
  /** Attempts since the delivery was started, this one included. */
  readonly tries: number;
  /** What the receiver asked for by `Retry-After`. */
  readonly retryAfterSeconds?: number | undefined;
}

/**
 * Seconds until the next attempt; undefined when it was the last. `chance` from 0 to 1 spreads deliveries that failed
 * together by a fifth, so that they do not come back together.
 */
export function planRetry({ tries, retryAfterSeconds = 0 }: Attempted, chance: number): number | undefined {
  const pause = pauses[tries - 1];
  if (pause === undefined) return undefined;
  return Math.max(pause * (0.9 + chance / 5), Math.min(retryAfterSeconds, longestAsked));
}

/** `Retry-After` in seconds: a number, or a date. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header.trim());
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - now.getTime()) / 1000);
}
