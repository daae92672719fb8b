import { describe, expect, it } from '@jest/globals';
import { decodeSecretKey } from './secret-key.js';

const key = Buffer.from(Array.from({ length: 32 }, (_, i) => 255 - i));

describe('decodeSecretKey', () => {
  it.each([
    ['hex', key.toString('hex')],
    ['upper-case hex', key.toString('hex').toUpperCase()],
    ['base64', key.toString('base64')],
    ['base64 without padding', key.toString('base64').replace('=', '')],
    ['base64url', key.toString('base64url')],
    ['a line of a file', `${key.toString('base64')}\n`],
  ])('reads %s', (_form, given) => expect(decodeSecretKey(given)).toEqual(key));

  it.each([
    ['nothing', ''],
    ['31 bytes', key.subarray(1).toString('hex')],
    ['33 bytes', `${key.toString('hex')}00`],
    ['a pass phrase', 'correct horse battery staple'],
    ['other letters', `${'!'.repeat(43)}=`],
  ])('refuses %s', (_form, given) => expect(decodeSecretKey(given)).toBeUndefined());
});
