/** How the board learns of changes. */
export interface Following {
  readonly state: 'connecting' | 'open' | 'lost' | 'ended';
  /** When that state began. */
  readonly since: number;
  /** When the data was loaded, and whether a later load failed. */
  readonly loadedAt: number;
  readonly hasFailed: boolean;
}

/** What the data is right for: while the stream stands, whatever changes is told, so that it is right for now. */
export function rightAt({ state, since, loadedAt, hasFailed }: Following, now: number): number {
  if (hasFailed) return loadedAt;
  if (state === 'open') return now;
  return Math.max(loadedAt, Math.min(since, now));
}

export type Age = 'fresh' | 'old' | 'stale';

const freshMs = 10_000;
const oldMs = 60_000;

/** How far data of that age is to be believed. */
export function ageOf(ms: number): Age {
  if (ms <= freshMs) return 'fresh';
  return ms <= oldMs ? 'old' : 'stale';
}

/** Whose wait goes on since it was measured. */
export const waitedSeconds = (measured: number | null, loadedAt: number, now: number): number | null =>
  measured === null ? null : measured + Math.max(0, Math.floor((now - loadedAt) / 1_000));
