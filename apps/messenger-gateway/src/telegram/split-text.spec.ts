import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatText, plainText } from './format-text.js';
import { splitText, visibleLength } from './split-text.js';

const without = (blanks: string): string => blanks.replace(/\s+/g, '');

describe('splitText', () => {
  it.each([
    ['leaves a short text alone', 'one two', 7, ['one two']],
    ['gives one empty piece for nothing', '', 10, ['']],
    [
      'counts what is seen, not the marks',
      '**one** [two](https://long.address.test)',
      7,
      ['**one** [two](https://long.address.test)'],
    ],
    ['cuts between paragraphs first', 'one. two\n\nthree four', 14, ['one. two', 'three four']],
    ['then between lines', 'one. two\nthree four', 14, ['one. two', 'three four']],
    ['then between sentences', 'one. two three four', 14, ['one. two three', 'four']],
    ['then between words', 'one two three', 9, ['one two', 'three']],
    ['then inside a word', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['keeps both halves of a character', '😀😀😀', 3, ['😀', '😀', '😀']],
    ['closes strong and opens it again', '**one two three**', 8, ['**one two**', '**three**']],
    ['closes code and opens it again', '`one two three`', 8, ['`one two`', '`three`']],
    [
      'closes a fence and opens it again',
      '```sh\nls -l\n  cat a\n```',
      8,
      ['```sh\nls -l\n```', '```sh\n  cat a\n```'],
    ],
    ['goes on with a quote', '> one two three', 8, ['> one two', '> three']],
    ['keeps the number of an item', '1. one\n2. two', 8, ['1. one', '2. two']],
    ['moves a link as a whole', 'look at [one two](https://x.test)', 12, ['look at', '[one two](https://x.test)']],
    ['gives up a mark rather than a word', '[one two three](https://x.test)', 8, ['one two', 'three']],
  ])('%s', (_, text, limit, pieces) => {
    expect(splitText(text, limit)).toEqual(pieces);
  });

  const words = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
      { weight: 4, arbitrary: fc.constantFrom('слово', 'word.', 'Ещё!', '😀😀', 'longlonglonglonglong') },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '**',
          '*',
          '`',
          '\n',
          '\n\n',
          '\n> ',
          '\n- ',
          '\n1. ',
          '\n```\n',
          '[a b](https://x.test)',
        ),
      },
    ),
    { maxLength: 60 },
  );
  const text = words.map((list) => list.join(' ').replaceAll('\0', ''));

  it('never makes a piece that is too long, and loses no word', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 60 }), (whole, limit) => {
        const pieces = splitText(whole, limit);
        for (const piece of pieces) expect(visibleLength(piece)).toBeLessThanOrEqual(limit);
        expect(without(pieces.map(plainText).join(''))).toBe(without(plainText(whole)));
      }),
      { numRuns: 300 },
    );
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('😀', '👍🏽', 'я', ' ', 'é') }),
        fc.integer({ min: 10, max: 20 }),
        (whole, limit) => {
          for (const piece of splitText(whole, limit)) expect(piece).not.toMatch(/\p{Surrogate}/u);
        },
      ),
    );
  });

  it('cuts a long answer at Telegram’s limit with its marks kept', () => {
    const paragraph = `**Важно.** ${'Откройте личный кабинет и нажмите кнопку. '.repeat(30)}`;
    const pieces = splitText(Array.from({ length: 8 }, () => paragraph).join('\n\n'), 4096);
    expect(pieces.length).toBe(3);
    expect(pieces.map((piece) => formatText(piece).match(/<b>Важно\.<\/b>/g)?.length)).toEqual([3, 3, 2]);
  });
});
