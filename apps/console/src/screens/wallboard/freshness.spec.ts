import { describe, expect, it } from '@jest/globals';
import { ageOf, type Following, rightAt, waitedSeconds } from './freshness.js';

const now = 1_000_000;
const following = (part: Partial<Following> = {}): Following => ({
  state: 'open',
  since: 100_000,
  loadedAt: 200_000,
  hasFailed: false,
  ...part,
});

describe('rightAt', () => {
  it.each([
    ['now, while changes are told', {}, now],
    ['the moment when the line was lost', { state: 'lost', since: 900_000 }, 900_000],
    ['the load, where the line was lost before it', { state: 'lost', since: 150_000 }, 200_000],
    ['the load, before anything is told', { state: 'connecting', since: 100_000 }, 200_000],
    ['the load, where a later one failed', { hasFailed: true }, 200_000],
    ['now at the latest', { state: 'lost', since: now + 5_000 }, now],
  ] as const)('is %s', (_, part, at) => expect(rightAt(following(part), now)).toBe(at));
});

describe('ageOf', () => {
  it.each([
    [0, 'fresh'],
    [10_000, 'fresh'],
    [10_001, 'old'],
    [60_000, 'old'],
    [60_001, 'stale'],
  ])('%i ms is %s', (ms, age) => expect(ageOf(ms)).toBe(age));
});

describe('waitedSeconds', () => {
  it.each([
    [null, 0, null],
    [60, 0, 60],
    [60, 30_500, 90],
    [60, -5_000, 60],
  ])('%s measured, %i ms later, is %s', (measured, later, seconds) =>
    expect(waitedSeconds(measured, now, now + later)).toBe(seconds),
  );
});
