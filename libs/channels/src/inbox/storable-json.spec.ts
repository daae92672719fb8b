import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storableJson, storableText } from './storable-json.js';

describe('storableText', () => {
  it.each([
    ['a\0b', 'ab'],
    ['half \ud83d of a pair', 'half \ufffd of a pair'],
    ['other \udca9 half', 'other \ufffd half'],
    ['whole 💩 pair', 'whole 💩 pair'],
  ])('%j becomes %j', (given, kept) => expect(storableText(given)).toBe(kept));
});

describe('storableJson', () => {
  it('leaves what the database can hold as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        const clean = JSON.parse(JSON.stringify(value).replaceAll('\\u0000', '')) as unknown;
        expect(JSON.parse(storableJson(clean))).toEqual(clean);
      }),
    );
  });
  it('cleans texts at any depth, and keeps a backslash before "u0000" a backslash', () => {
    expect(storableJson({ a: ['x\0', { b: '\ud800' }], c: '\\u0000' })).toBe('{"a":["x",{"b":"�"}],"c":"\\\\u0000"}');
  });
});
