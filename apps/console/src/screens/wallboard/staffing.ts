import type { Shape } from '../../api/shape.js';

export type Worker = Shape<'Load'>['specialists'][number];

export interface Staffing {
  /** Who is there and has room, who is there and has none, and who stepped away. */
  readonly free: number;
  readonly full: number;
  readonly away: number;
}

const hasRoom = ({ open, capacity }: Worker): boolean => open < capacity;

export function staffingOf(workers: readonly Worker[]): Staffing {
  const count = (fits: (worker: Worker) => boolean): number => workers.filter(fits).length;
  return {
    free: count((worker) => worker.presence === 'on' && hasRoom(worker)),
    full: count((worker) => worker.presence === 'on' && !hasRoom(worker)),
    away: count(({ presence }) => presence === 'away'),
  };
}

/** How full somebody's hands are, in percent; whoever can take nothing has them full. */
export const loadPercent = ({ open, capacity }: Worker): number =>
  capacity > 0 ? Math.min(100, Math.round((open / capacity) * 100)) : 100;

const ranks = { on: 0, away: 1, off: 2 } as const;

/** Those who are there before those who are not, the fullest hands first. */
export const byUrgency = (workers: readonly Worker[]): Worker[] =>
  workers.toSorted((a, b) => ranks[a.presence] - ranks[b.presence] || loadPercent(b) - loadPercent(a));

/** Who could take something: those with room who are there first, the emptiest hands before others. */
export const candidates = (workers: readonly Worker[], now: string | undefined): Worker[] =>
  workers
    .filter(({ id }) => id !== now)
    .toSorted(
      (a, b) =>
        Number(hasRoom(b)) - Number(hasRoom(a)) ||
        ranks[a.presence] - ranks[b.presence] ||
        loadPercent(a) - loadPercent(b),
    );

export const isFull = (worker: Worker): boolean => !hasRoom(worker);
