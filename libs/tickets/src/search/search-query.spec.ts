import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Search, SearchedWord } from './read-search.js';
import { searchQuery, textsOf, type Grammar } from './search-query.js';

const word = (readings: string[], more: Partial<SearchedWord> = {}): SearchedWord => ({
  readings,
  lexemes: [],
  unfinished: false,
  ...more,
});
const search = (...words: SearchedWord[]): Search => ({ number: undefined, words });

/** A language whose stems are the first four letters, with «не» and "the" as words that tell nothing. */
const grammar = (texts: readonly string[]): ReadonlyMap<string, Grammar> =>
  new Map(
    texts.map((text) => [
      text,
      {
        lexemes: text
          .toLowerCase()
          .split(/[^\p{L}\p{N}]+/u)
          .filter((one) => one !== '' && one !== 'не' && one !== 'the')
          .map((one) => one.slice(0, 4)),
        stems: text.length > 4 ? [text.slice(0, 4)] : [],
      },
    ]),
  );
const asked = (it: Search) => searchQuery(it, grammar(textsOf(it)));

describe('searchQuery', () => {
  it('asks for every word in any of its readings', () =>
    expect(asked(search(word(['пароль']), word(['ghbdtn', 'привет']))).whole).toBe(
      `(('паро') | ('пароль')) & (('ghbd') | ('ghbdtn') | ('прив') | ('привет'))`,
    ));

  it('takes the beginning of an unfinished word, and the stems that it may be of', () => {
    expect(asked(search(word(['кур'], { unfinished: true }))).whole).toBe(`(('кур') | ('кур':*))`);
    expect(asked(search(word(['ёлочки'], { unfinished: true }))).whole).toBe(
      `(('ёлоч') | ('елочки') | ('елочки':*) | ('елоч'))`,
    );
    expect(asked(search(word(['онлайн-ку'], { unfinished: true }))).whole).toBe(
      `(('онла' & 'ку') | ('онла' & 'ку':*) | ('онлайн-ку':*))`,
    );
  });

  it('leaves out words that tell nothing, as long as another tells something', () => {
    expect(asked(search(word(['не']), word(['пароль']))).whole).toBe(`(('паро') | ('пароль'))`);
    expect(asked(search(word(['пароль']), word(['не'], { unfinished: true }))).whole).toBe(`(('паро') | ('пароль'))`);
    expect(asked(search(word(['не'], { unfinished: true }))).whole).toBe(`(('не':*))`);
    expect(asked(search(word(['не']))).whole).toBeUndefined();
    expect(asked(search())).toEqual({ whole: undefined, narrow: undefined, number: undefined });
  });

  it('asks the index only for what it can tell quickly', () => {
    const narrow = (...words: SearchedWord[]) => asked(search(...words)).narrow;
    expect(narrow(word(['к'], { unfinished: true }))).toBeUndefined();
    expect(narrow(word(['кур'], { unfinished: true }))).toBe(`(('кур') | ('кур':*))`);
    expect(narrow(word(['пароль']), word(['кур'], { unfinished: true }))).toBe(`(('паро') | ('пароль'))`);
    expect(narrow(word(['пароль']), word(['курс'], { unfinished: true }))).toBe(
      `(('паро') | ('пароль')) & (('курс') | ('курс':*))`,
    );
  });

  it('takes addresses as they are', () =>
    expect(asked(search(word([], { lexemes: [{ text: "o'neil@x.ru", prefix: true }] }))).whole).toBe(
      `(('o''neil@x.ru':*))`,
    ));

  it('quotes whatever people type', () => {
    const text = fc.string({ unit: fc.constantFrom(..."'\\&|!():*<->a ".split('')), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, (given) => {
        const whole = asked(search(word([], { lexemes: [{ text: given, prefix: false }] }))).whole ?? '';
        const inside = whole.slice(`(('`.length, -`'))`.length);
        expect(inside.replaceAll(`''`, '').replaceAll('\\\\', '')).not.toMatch(/['\\]/);
        expect(inside.replaceAll(`''`, `'`).replaceAll('\\\\', '\\')).toBe(given);
      }),
    );
  });
});
