/** Times of one kind of request, in milliseconds. */
export interface Figures {
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const rounded = (ms: number): number => Number(ms.toFixed(1));

export function figuresOf(times: readonly number[]): Figures {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { count: times.length, p50Ms: rounded(at(0.5)), p99Ms: rounded(at(0.99)), maxMs: rounded(at(1)) };
}
