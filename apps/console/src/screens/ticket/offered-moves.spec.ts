import { describe, expect, it } from '@jest/globals';
import { offeredMoves } from './offered-moves.js';

const anna = { id: '1', name: 'Анна' };
const names = (...given: Parameters<typeof offeredMoves>): string[] =>
  offeredMoves(...given).map(({ name, isMain }) => (isMain ? `${name}!` : name));

describe('offeredMoves', () => {
  it('offers to take what nobody has', () =>
    expect(names({ moves: ['reply', 'claim', 'close'], assignee: null }, '1')).toEqual(['claim!', 'close']));

  it('offers to close what one has', () =>
    expect(names({ moves: ['claim', 'close', 'release'], assignee: anna }, '1')).toEqual(['release', 'close!']));

  it('takes nothing from others by a slip of the hand', () =>
    expect(names({ moves: ['claim', 'close', 'release'], assignee: anna }, '2')).toEqual(['release', 'close']));

  it('offers nothing that the state forbids', () =>
    expect(names({ moves: ['note', 'reopen'], assignee: anna }, '1')).toEqual(['reopen']));
});
