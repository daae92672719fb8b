import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { decodeCursor, encodeCursor, pageOf, pageQuery } from './cursor.js';

const shape = z.tuple([z.string(), z.string()]);

describe('cursor', () => {
  it('gives back what it was made of, and is safe in a URL', () => {
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), (key) => {
        const cursor = encodeCursor(key);
        expect(decodeCursor(cursor, shape)).toEqual(JSON.parse(JSON.stringify(key)));
        expect(cursor).toMatch(/^[\w-]*$/);
      }),
    );
  });

  it.each(['', 'x', 'bnVsbA', encodeCursor(['one']), encodeCursor(['a', 'b', 'c']), '{"a":1}'])(
    'refuses %j',
    (cursor) => expect(() => decodeCursor(cursor, shape)).toThrow('invalid_input'),
  );

  it('is nothing on the first page', () => expect(decodeCursor(undefined, shape)).toBeUndefined());
});

describe('pageOf', () => {
  const rows = ['a', 'b', 'c'];
  it('names the last item shown when there are more', () =>
    expect(pageOf(rows, 2, (row) => [row])).toEqual({ items: ['a', 'b'], next: encodeCursor(['b']) }));
  it('ends on the last page', () => expect(pageOf(rows, 3, (row) => [row])).toEqual({ items: rows, next: null }));
  it('takes an empty list', () => expect(pageOf([], 3, () => [])).toEqual({ items: [], next: null }));
});

describe('pageQuery', () => {
  const query = z.strictObject(pageQuery);
  it.each([
    [{}, 50],
    [{ limit: '1' }, 1],
    [{ limit: '200' }, 200],
  ])('%j asks for %d', (given, limit) => expect(query.parse(given).limit).toBe(limit));
  it.each([
    { limit: '0' },
    { limit: '201' },
    { limit: '-1' },
    { limit: '1e2' },
    { limit: ['1', '2'] },
    { cursor: '' },
    { other: '1' },
  ])('refuses %j', (given) => expect(query.safeParse(given).success).toBe(false));
});
