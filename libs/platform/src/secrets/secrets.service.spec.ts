import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Secrets, UnsealError } from './secrets.service.js';

const secrets = new Secrets('00'.repeat(32));
const others = new Secrets('01'.repeat(32));

describe('Secrets', () => {
  it('gives back what it sealed, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => secrets.unseal(secrets.seal(text)) === text));
  });

  it('seals the same text differently each time', () => {
    expect(secrets.seal('x')).not.toBe(secrets.seal('x'));
  });

  it('opens nothing that was changed in a single bit', () => {
    const sealed = secrets.seal('пароль от ящика');
    const bytes = Buffer.from(sealed.slice(3), 'base64url');
    fc.assert(
      fc.property(fc.nat({ max: bytes.length * 8 - 1 }), (bit) => {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => secrets.unseal(`v1.${changed.toString('base64url')}`)).toThrow(UnsealError);
      }),
    );
  });

  it.each(['', 'v1.', 'v1.AAAA', 'v2.AAAA', 'plain text'])('opens nothing that was never sealed: %p', (value) => {
    expect(() => secrets.unseal(value)).toThrow(UnsealError);
  });

  it('opens nothing of another key, and does not say what it was', () => {
    expect(() => others.unseal(secrets.seal('hunter2'))).toThrow(/damaged, or SECRET_KEY is not the one/);
  });

  it('makes a mac that depends on key, purpose and text, and on nothing else', () => {
    const mac = secrets.mac('tag', '42');
    expect(mac).toMatch(/^[\w-]{43}$/);
    expect(new Secrets('00'.repeat(32)).mac('tag', '42')).toBe(mac);
    const different = [secrets.mac('tag', '43'), secrets.mac('form', '42'), others.mac('tag', '42')];
    expect(new Set([mac, ...different]).size).toBe(4);
  });

  it('refuses to exist with a key that is not 32 bytes', () => {
    expect(() => new Secrets('short')).toThrow('SECRET_KEY');
  });
});
