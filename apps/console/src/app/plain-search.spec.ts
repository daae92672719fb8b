import { describe, expect, it } from '@jest/globals';
import { readSearch, writeSearch } from './plain-search.js';

describe('plain search', () => {
  it.each([
    [{}, ''],
    [{ queue: '7' }, '?queue=7'],
    [{ state: ['open', 'pending'], queue: '7' }, '?state=open&state=pending&queue=7'],
    [{ q: 'вход & 100%=' }, '?q=%D0%B2%D1%85%D0%BE%D0%B4+%26+100%25%3D'],
    [{ ended: true }, '?ended'],
  ])('writes %j as %s and reads it back', (search, text) => {
    expect(writeSearch(search)).toBe(text);
    expect(readSearch(text)).toEqual(search);
  });

  it('leaves out what is not there', () => expect(writeSearch({ a: undefined, b: null, c: false })).toBe(''));
});
