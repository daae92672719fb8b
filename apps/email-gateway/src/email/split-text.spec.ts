import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitText } from './split-text.js';

describe('splitText', () => {
  it('loses nothing, keeps to the limit and never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.integer({ min: 2, max: 60 }), (text, limit) => {
        const pieces = splitText(text, limit);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });

  it('cuts between lines, or else between words', () => {
    expect(splitText('first line\nsecond', 14)).toEqual(['first line\n', 'second']);
    expect(splitText('one two three', 9)).toEqual(['one two ', 'three']);
  });
});
