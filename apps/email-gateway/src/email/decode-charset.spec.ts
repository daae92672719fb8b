import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCharset, guessEncoding } from './decode-charset.js';

/** "Восстановите, пожалуйста, пароль" */
const sentence = {
  'windows-1251': 'c2eef1f1f2e0edeee2e8f2e52c20efeee6e0ebf3e9f1f2e02c20efe0f0eeebfc',
  'koi8-r': 'f7cfd3d3d4c1cecfd7c9d4c52c20d0cfd6c1ccd5cad3d4c12c20d0c1d2cfccd8',
  'iso-8859-5': 'b2dee1e1e2d0ddded2d8e2d52c20dfded6d0dbe3d9e1e2d02c20dfd0e0dedbec',
  ibm866: '82aee1e1e2a0adaea2a8e2a52c20afaea6a0abe3a9e1e2a02c20afa0e0aeabec',
};
const text = 'Восстановите, пожалуйста, пароль';
const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');

describe('decodeCharset', () => {
  it.each(Object.entries(sentence))('knows %s by its letters', (encoding, hex) => {
    expect(guessEncoding(bytes(hex))).toBe(encoding);
    for (const label of [undefined, 'us-ascii', 'iso-8859-1', 'x-unknown', 'utf-8']) {
      expect(decodeCharset(bytes(hex), label)).toBe(text);
    }
    expect(decodeCharset(bytes(hex), encoding)).toBe(text);
  });

  it.each(['windows-1251', 'koi8-r', 'iso-8859-1', 'us-ascii', 'nonsense', undefined])(
    'lets valid UTF-8 win over the label %s',
    (label) => expect(decodeCharset(Buffer.from(text), label)).toBe(text),
  );

  it.each([
    ['Windows-1251 ', sentence['windows-1251']],
    ['cp1251', sentence['windows-1251']],
    ['win-1251', sentence['windows-1251']],
    ['KOI8R', sentence['koi8-r']],
    ['cp866', sentence.ibm866],
  ])('takes the label %s', (label, hex) => expect(decodeCharset(bytes(hex), label)).toBe(text));

  it('keeps UTF-8 with a broken place as UTF-8', () => {
    expect(decodeCharset(Buffer.concat([Buffer.from(text), Buffer.of(0xd0)]), 'utf-8')).toBe(`${text}\uFFFD`);
  });

  it('leaves accents of western languages alone', () => {
    expect(decodeCharset(Buffer.from('Größe à été naïve', 'latin1'), 'iso-8859-1')).toBe('Größe à été naïve');
  });

  it('gives back what was written in UTF-8, and for any bytes and label something a database takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (written) => {
        expect(decodeCharset(Buffer.from(written), 'utf-8')).toBe(written.replaceAll('\0', '').replace(/^\uFEFF/, ''));
      }),
    );
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.option(fc.constantFrom('utf-8', 'utf-16', 'gbk', 'iso-2022-jp', 'koi8-r', 'x')),
        (any, label) => expect(decodeCharset(any, label ?? undefined)).not.toMatch(/\0|\p{Surrogate}/u),
      ),
    );
  });
});
