import { describe, expect, it } from '@jest/globals';
import { changeSearch, emptyKind, readTicketsSearch, toggleState } from './tickets-search.js';

describe('readTicketsSearch', () => {
  it.each([
    [{}, {}],
    [{ state: 'open' }, { state: ['open'] }],
    [{ state: ['pending', 'open', 'burnt'] }, { state: ['open', 'pending'] }],
    [
      { queue: '7', assignee: 'me' },
      { queue: '7', assignee: 'me' },
    ],
    [{ channel: 'email' }, { channel: 'email' }],
    [{ channel: 'E-mail; drop' }, {}],
    [{ queue: '0x7', assignee: "' or 1", state: 'x', more: 1 }, {}],
  ])('%j is %j', (given, search) => expect(readTicketsSearch(given)).toEqual(search));
});

describe('changes of a search', () => {
  it('put in and take out', () => {
    expect(changeSearch({ queue: '7', assignee: 'me' }, { queue: undefined })).toEqual({ assignee: 'me' });
    expect(toggleState({}, 'open')).toEqual({ state: ['open'] });
    expect(toggleState({ state: ['open'] }, 'open')).toEqual({});
    expect(toggleState({ state: ['waiting', 'open', 'pending'] }, 'closed')).toEqual({});
  });
});

describe('emptyKind', () => {
  it.each([
    [{}, 'nothing'],
    [{ state: ['waiting'] as const }, 'done'],
    [{ state: ['closed'] as const }, 'filtered'],
    [{ queue: '7' }, 'filtered'],
    [{ channel: 'email' }, 'filtered'],
  ])('%j is %s', (search, kind) => expect(emptyKind(search)).toBe(kind));
});
