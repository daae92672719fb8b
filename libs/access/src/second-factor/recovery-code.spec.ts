import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readRecoveryCode, recoveryCodeBytes, writeRecoveryCode } from './recovery-code.js';

describe('a recovery code', () => {
  it('is read as it was written, with or without its hyphens, in any case', () => {
    const random = fc.uint8Array({ minLength: recoveryCodeBytes, maxLength: recoveryCodeBytes });
    fc.assert(
      fc.property(random, (bytes) => {
        const code = writeRecoveryCode(bytes);
        expect(code).toMatch(/^[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}$/);
        const read = readRecoveryCode(code);
        expect(read).toBe(code.replaceAll('-', ''));
        expect(readRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(read);
      }),
    );
  });

  it.each(['', 'k7dq-3x4m', 'k7dq-3x4m-pwz2-aaaa', 'k7dq-3x4m-pwz!', 'кодд-кодд-кодд'])('is not %j', (typed) =>
    expect(readRecoveryCode(typed)).toBeUndefined(),
  );

  it('forgives digits that look like letters', () => expect(readRecoveryCode('0188-0188-0188')).toBe('olbbolbbolbb'));
});
