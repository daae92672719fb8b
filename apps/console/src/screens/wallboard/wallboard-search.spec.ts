import { describe, expect, it } from '@jest/globals';
import { readWallboardSearch } from './wallboard-search.js';

describe('readWallboardSearch', () => {
  it.each([
    [{ tv: '1' }, { tv: 1 }],
    [{ tv: true }, { tv: 1 }],
    [{ tv: '0' }, {}],
    [{ tv: ['1', '1'], more: 'x' }, {}],
    [{}, {}],
  ])('%j is %j', (given, search) => expect(readWallboardSearch(given)).toEqual(search));
});
