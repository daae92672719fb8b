import { describe, expect, it } from '@jest/globals';
import { halfHours, spanOf, trendColumns } from './trend-columns.js';

const at = Date.parse('2026-11-25T10:15:00Z') / 1_000;

describe('the trend', () => {
  it('stands over the middle of its quarters', () => {
    const quarters = [
      { at: '2026-11-25T10:15:00.000Z', arrived: 3, closed: 2, weekAgo: { arrived: 5, closed: 4 } },
      { at: '2026-11-25T10:30:00.000Z', arrived: 1, closed: 0, weekAgo: { arrived: 6, closed: 7 } },
    ];
    expect(trendColumns(quarters)).toEqual([
      [at + 450, at + 1_350],
      [3, 1],
      [2, 0],
      [5, 6],
      [4, 7],
    ]);
    expect(spanOf(at + 450, at + 1_350)).toEqual([at, at + 1_800]);
  });

  it('is marked at full and half hours', () => {
    expect(halfHours(at, at + 3_600)).toEqual([at + 900, at + 2_700]);
    expect(halfHours(at, at + 600)).toEqual([]);
  });
});
