import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RateLimit } from './rate-limit.js';

const limit = () => new RateLimit({ burst: 3, everyMs: 1000 });

describe('RateLimit', () => {
  it('lets a burst pass and then one each period', () => {
    const tries = limit();
    const times = [0, 0, 0, 0, 500, 1000, 1000, 2000];
    const passed = times.map((now) => {
      const passes = tries.waitMs('a', now) === 0;
      if (passes) tries.take('a', now);
      return passes;
    });
    expect(passed).toEqual([true, true, true, false, false, true, false, true]);
  });

  it('counts names apart', () => {
    const tries = limit();
    for (let count = 0; count < 3; count++) tries.take('a', 0);
    expect([tries.waitMs('a', 0), tries.waitMs('b', 0)]).toEqual([1000, 0]);
  });

  it('gives one back, or all', () => {
    const tries = limit();
    for (let count = 0; count < 3; count++) tries.take('a', 0);
    tries.giveBack('a');
    expect(tries.waitMs('a', 0)).toBe(0);
    tries.take('a', 0);
    tries.clear('a');
    expect(tries.waitMs('a', 0)).toBe(0);
  });

  it('never lets more pass than the burst and one each period, whenever they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), (times) => {
        const tries = limit();
        const passed: number[] = [];
        for (const now of [...times].sort((a, b) => a - b)) {
          if (tries.waitMs('a', now) > 0) continue;
          tries.take('a', now);
          passed.push(now);
        }
        return passed.every((from) => {
          const within = passed.filter((at) => at >= from && at <= from + 5000).length;
          return within <= 3 + 5;
        });
      }),
    );
  });

  it('does not grow with a flood of names', () => {
    const tries = new RateLimit({ burst: 3, everyMs: 1000 }, 10);
    for (let count = 0; count < 1000; count++) tries.take(`name ${count}`, 0);
    const remembered = Array.from({ length: 1000 }, (_, count) => `name ${count}`).filter((name) => {
      for (let more = 0; more < 2; more++) tries.take(name, 0);
      const waits = tries.waitMs(name, 0) > 0;
      tries.clear(name);
      return waits;
    });
    expect(remembered.length).toBeLessThanOrEqual(10);
  });
});
