import { describe, expect, it } from '@jest/globals';
import { formats } from './formats.js';

describe('formats', () => {
  it.each([
    [0, '1 мин'],
    [59, '1 мин'],
    [125, '2 мин'],
    [7_300, '2 ч'],
    [200_000, '2 дн.'],
  ])('%i s is told by its largest unit', (seconds, told) => expect(formats('ru').age(seconds)).toBe(told));

  it('groups digits, writes 24 hours, and says the time only on the day itself', () => {
    const now = new Date(2026, 10, 25, 16, 0);
    const iso = (...parts: [number, number, number, number, number]): string => new Date(...parts).toISOString();
    const { number, moment, dateTime } = formats('ru');
    expect(number(100_000)).toMatch(/^100\s000$/);
    expect(moment(iso(2026, 10, 25, 9, 5), now)).toBe('09:05');
    expect(moment(iso(2026, 10, 2, 9, 5), now)).toBe('2 нояб.');
    expect(moment(iso(2025, 10, 2, 9, 5), now)).toBe('02.11.2025');
    expect(dateTime(iso(2026, 10, 25, 9, 5))).toBe('25.11.2026, 09:05');
  });
});
