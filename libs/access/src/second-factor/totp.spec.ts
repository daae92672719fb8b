import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { matchStep, stepAt, totpCode, totpUrl } from './totp.js';

/** Appendix B of RFC 6238; its codes have eight digits, ours are their last six. */
const secret = Buffer.from('12345678901234567890');

describe('totpCode', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('at %i s is %s of the standard', (seconds, code) =>
    expect(totpCode(secret, stepAt(seconds * 1000))).toBe(code.slice(-6)),
  );
});

describe('matchStep', () => {
  const now = 1_764_000_000_000;
  const step = stepAt(now);

  it.each<[string, string, number, number | undefined]>([
    ['the code of now', totpCode(secret, step), 0, step],
    ['the code of the step before', totpCode(secret, step - 1), 0, step - 1],
    ['the code of the next step', totpCode(secret, step + 1), 0, step + 1],
    ['a code typed with a gap', totpCode(secret, step).replace(/^.../, '$& '), 0, step],
    ['an older code', totpCode(secret, step - 2), 0, undefined],
    ['a code of the future', totpCode(secret, step + 2), 0, undefined],
    ['a code that was used', totpCode(secret, step), step, undefined],
    ['the code before one that was used', totpCode(secret, step - 1), step, undefined],
    ['the code after one that was used', totpCode(secret, step + 1), step, step + 1],
    ['nothing', '', 0, undefined],
    ['five digits', '12345', 0, undefined],
    ['seven digits', `${totpCode(secret, step)}0`, 0, undefined],
    ['other digits', '١٢٣٤٥٦', 0, undefined],
  ])('judges %s', (_, typed, lastStep, expected) => expect(matchStep(secret, typed, now, lastStep)).toBe(expected));

  it('takes every fresh code once', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 20, maxLength: 20 }),
        fc.integer({ min: 60, max: 2 ** 31 }),
        (key, seconds) => {
          const at = stepAt(seconds * 1000);
          const used = matchStep(key, totpCode(key, at), seconds * 1000, -1);
          expect(used).toBeGreaterThanOrEqual(at);
          expect(matchStep(key, totpCode(key, at), seconds * 1000, used ?? -1)).toBeUndefined();
        },
      ),
    );
  });
});

describe('totpUrl', () => {
  it('names the desk and the person, whatever signs their names have', () => {
    const url = new URL(totpUrl(secret, 'Учебный центр & Co', 'анна+1@desk.test'));
    expect(decodeURIComponent(url.pathname)).toMatch(/Учебный центр & Co:анна\+1@desk\.test$/);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
      issuer: 'Учебный центр & Co',
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
