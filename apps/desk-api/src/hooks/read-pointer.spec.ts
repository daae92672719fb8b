import { describe, expect, it } from '@jest/globals';
import { firstOf, readPointer } from './read-pointer.js';

const update = {
  update_id: 7,
  message: { chat: { id: -100 }, text: '' },
  list: [{ id: 'x' }],
  'a/b': { '~': 'tilde' },
  nothing: null,
};

describe('readPointer', () => {
  it.each([
    ['/update_id', '7'],
    ['/message/chat/id', '-100'],
    ['/list/0/id', 'x'],
    ['/a~1b/~0', 'tilde'],
    ['/message/text', undefined],
    ['/message', undefined],
    ['/missing/deep', undefined],
    ['/nothing', undefined],
    ['/update_id/deeper', undefined],
    ['/__proto__/constructor', undefined],
    ['/list/length', undefined],
    ['no slash', undefined],
  ])('%s gives %p', (pointer, value) => expect(readPointer(update, pointer)).toBe(value));
});

describe('firstOf', () => {
  it('takes the first that is there', () =>
    expect(firstOf(update, ['/edited/chat/id', '/message/chat/id', '/update_id'])).toBe('-100'));
});
