import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planRetry, readRetryAfter } from './plan-retry.js';

describe('planRetry', () => {
  it('goes on for three days and then ends', () => {
    const pauses: number[] = [];
    for (let tries = 1; ; tries++) {
      const pause = planRetry({ tries }, 0.5);
      if (pause === undefined) break;
      pauses.push(pause);
    }
    expect(pauses.slice(0, 3)).toEqual([5, 300, 1800]);
    const days = pauses.reduce((sum, pause) => sum + pause, 0) / 86_400;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(3.5);
  });

  it('waits at least as long as it was asked to, within a day, and never less than planned', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.nat(500_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (tries, asked, chance) => {
          const pause = planRetry({ tries, retryAfterSeconds: asked }, chance) ?? 0;
          const planned = planRetry({ tries }, chance) ?? 0;
          return pause >= planned && pause >= Math.min(asked, 86_400) && pause <= Math.max(planned, 86_400);
        },
      ),
    );
  });
});

describe('readRetryAfter', () => {
  const now = new Date('2025-11-25T10:00:00Z');
  it.each([
    [undefined, undefined],
    ['120', 120],
    [' 0 ', 0],
    ['Tue, 25 Nov 2025 10:01:00 GMT', 60],
    ['Tue, 25 Nov 2025 09:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
  ])('of %p is %p', (header, seconds) => {
    const read = readRetryAfter(header, now);
    if (header === '-5') expect(read === undefined || read >= 0).toBe(true);
    else expect(read).toBe(seconds);
  });
});
