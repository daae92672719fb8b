import { describe, expect, it } from '@jest/globals';
import { RecentLooks } from './recent-looks.js';

describe('RecentLooks', () => {
  it('remembers a look for its time and no longer', () => {
    const looks = new RecentLooks(1000);
    expect(looks.has('a', 0)).toBe(false);
    looks.add('a', 0);
    expect([looks.has('a', 999), looks.has('b', 999), looks.has('a', 1000)]).toEqual([true, false, false]);
  });

  it('forgets the oldest when it is full', () => {
    const looks = new RecentLooks(1000, 2);
    for (const name of ['a', 'b', 'a', 'c']) looks.add(name, 0);
    expect(['a', 'b', 'c'].map((name) => looks.has(name, 1))).toEqual([true, false, true]);
  });
});
