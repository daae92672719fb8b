import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byUrgency, candidates, loadPercent, staffingOf, type Worker } from './staffing.js';

const worker = (id: string, presence: Worker['presence'], open: number, capacity: number): Worker => ({
  id,
  name: id,
  presence,
  open,
  capacity,
});
const desk = [
  worker('off', 'off', 0, 5),
  worker('full', 'on', 5, 5),
  worker('half', 'on', 2, 4),
  worker('away', 'away', 1, 5),
  worker('idle', 'on', 0, 5),
];
const ids = (workers: readonly Worker[]): string[] => workers.map(({ id }) => id);

describe('staffing', () => {
  it('counts who is there', () => expect(staffingOf(desk)).toEqual({ free: 2, full: 1, away: 1 }));

  it('shows the fullest hands first', () =>
    expect(ids(byUrgency(desk))).toEqual(['full', 'half', 'idle', 'away', 'off']));

  it('offers whoever has room first, and never who has it already', () =>
    expect(ids(candidates(desk, 'half'))).toEqual(['idle', 'away', 'off', 'full']));

  it('fills a bar from nothing to full, whatever the numbers are', () =>
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(1_000), (open, capacity) => {
        const percent = loadPercent(worker('x', 'on', open, capacity));
        expect(percent >= 0 && percent <= 100).toBe(true);
      }),
    ));
});
