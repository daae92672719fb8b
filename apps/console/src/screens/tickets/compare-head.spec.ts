import { describe, expect, it } from '@jest/globals';
import { compareHead } from './compare-head.js';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

describe('compareHead', () => {
  it('counts what is new, patches what is shown, and names what went', () => {
    const news = compareHead(rows('3', '2', '1'), [{ id: '4' }, { id: '2' }, { id: '3' }], new Set(['4', '2', '1']));
    expect(news.fresh).toBe(1);
    expect([...news.changed.keys()]).toEqual(['2', '3']);
    expect(news.left).toEqual(['1']);
  });

  it('leaves alone what nothing happened to', () => {
    const { fresh, left } = compareHead(rows('2', '1'), rows('2'), new Set());
    expect([fresh, left]).toEqual([0, []]);
  });
});
