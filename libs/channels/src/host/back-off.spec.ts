import { describe, expect, it } from '@jest/globals';
import { backOff } from './back-off.js';

const bounds = { first: 30, most: 900 };

describe('backOff', () => {
  it.each([
    [1, 30],
    [2, 60],
    [5, 480],
    [6, 900],
    [5000, 900],
  ])('after %d failures waits about %d', (failures, wait) => {
    expect(backOff(failures, bounds, 0.5)).toBeCloseTo(wait);
    expect(backOff(failures, bounds, 0)).toBeCloseTo(wait * 0.8);
    expect(backOff(failures, bounds, 1)).toBeCloseTo(wait * 1.2);
  });
});
