import { toBase32 } from '#libs/platform';

/** How many are given at a time. */
export const recoveryCodes = 10;

/** 60 bits: short enough to be typed, long enough for a few tries a minute. Twelve letters of base32. */
export const recoveryCodeBytes = 8;
const letters = 12;

/** A code as it is shown: `k7dq-3x4m-pwz2`. */
export const writeRecoveryCode = (random: Uint8Array): string =>
  toBase32(random)
    .slice(0, letters)
    .replace(/(.{4})(?=.)/g, '$1-');

/**
 * What was typed, brought to one form; nothing where it can be no code. Digits that the alphabet lacks because they
 * look like letters are read as those letters.
 */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('8', 'b');
  return /^[a-z2-7]{12}$/.test(code) ? code : undefined;
}
