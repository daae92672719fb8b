import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockSeconds, clockText, momentOf, promisedAt } from './local-time.js';

const now = new Date(2026, 10, 25, 16, 7, 31).getTime();
const told = (ms: number | undefined): string => (ms === undefined ? '' : new Date(ms).toLocaleString('sv'));

describe('moments', () => {
  it.each([
    ['25.11.2026, 16:30', 'ahead', '2026-11-25 16:30:00'],
    ['25/11/2026, 16:30', 'ahead', '2026-11-25 16:30:00'],
    ['25.11.2025 16:30', 'ahead', '2025-11-25 16:30:00'],
    ['16:30', 'ahead', '2026-11-25 16:30:00'],
    ['9.40', 'ahead', '2026-11-26 09:40:00'],
    [' 9:40 ', 'past', '2026-11-25 09:40:00'],
    ['16:30', 'past', '2026-11-24 16:30:00'],
    ['3.1 10:00', 'ahead', '2027-01-03 10:00:00'],
    ['31.12 10:00', 'past', '2025-12-31 10:00:00'],
    ['31.02 10:00', 'ahead', ''],
    ['32.01 10:00', 'ahead', ''],
    ['1.13 10:00', 'ahead', ''],
    ['24:00', 'ahead', ''],
    ['завтра', 'ahead', ''],
    ['', 'past', ''],
  ] as const)('%j, %s, is %s', (text, side, moment) => expect(told(momentOf(text, now, side))).toBe(moment));

  it.each([
    ['halfHour', '2026-11-25 16:40:00'],
    ['hour', '2026-11-25 17:10:00'],
    ['tomorrow', '2026-11-26 10:00:00'],
  ] as const)('promise %s for %s', (promise, moment) => expect(told(promisedAt(promise, now))).toBe(moment));

  it('lie on the side that was asked for', () => {
    const side = fc.constantFrom('ahead' as const, 'past' as const);
    fc.assert(
      fc.property(fc.nat(23), fc.nat(59), side, (hour, minute, asked) => {
        const moment = momentOf(`${hour}:${String(minute).padStart(2, '0')}`, now, asked) ?? Number.NaN;
        expect(moment > now).toBe(asked === 'ahead');
        expect(Math.abs(moment - now)).toBeLessThanOrEqual(25 * 3_600_000);
      }),
    );
  });
});

describe('the clock', () => {
  it.each([
    ['4:30', 270],
    ['0:05', 5],
    ['1:02:09', 3_729],
    [' 5 ', 300],
    ['90:00', 5_400],
    ['', undefined],
    ['4:3', undefined],
    ['4:60', undefined],
    ['-1', undefined],
    ['99:99:99', undefined],
    ['час', undefined],
  ])('reads %j as %s', (text, seconds) => expect(clockSeconds(text)).toBe(seconds));

  it('reads what it writes', () =>
    fc.assert(fc.property(fc.integer({ min: 0, max: 86_400 }), (s) => clockSeconds(clockText(s)) === s)));
});
