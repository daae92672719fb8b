import { describe, expect, it } from '@jest/globals';
import { readPayload } from './read-payload.js';

describe('readPayload', () => {
  it.each<[unknown, unknown]>([
    [
      { v: 1, id: '42' },
      { is: 'known', id: '42' },
    ],
    [{ v: 2, id: '42' }, { is: 'newer' }],
    [{ v: 2, row: { id: 42 } }, { is: 'newer' }],
    [{ v: 1, id: '0' }, { is: 'garbage' }],
    [{ v: 1, id: '42', name: 'Anna' }, { is: 'garbage' }],
    [{ v: 1 }, { is: 'garbage' }],
    [{ v: 0, id: '42' }, { is: 'garbage' }],
    [{ v: '2', id: '42' }, { is: 'garbage' }],
    [{}, { is: 'garbage' }],
    [null, { is: 'garbage' }],
    ['42', { is: 'garbage' }],
  ])('reads %j as %j', (data, read) => expect(readPayload(data)).toEqual(read));
});
