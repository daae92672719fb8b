import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterReply, allowedMoves, mayMove, needsWork, stateAfterReply, ticketMoves, ticketStates } from './ticket.js';

const state = fc.constantFrom(...ticketStates);
const move = fc.constantFrom(...ticketMoves);

describe('mayMove', () => {
  it.each([
    ['waiting', 'claim', true],
    ['waiting', 'release', false],
    ['open', 'release', true],
    ['open', 'reopen', false],
    ['pending', 'reopen', true],
    ['pending', 'reply', true],
    ['closed', 'reply', false],
    ['closed', 'close', false],
    ['closed', 'note', true],
    ['closed', 'reopen', true],
    ['closed', 'merge', false],
  ] as const)('a ticket that is %s: %s is allowed: %s', (from, what, allowed) =>
    expect(mayMove({ state: from, mergedInto: null }, what).ok).toBe(allowed),
  );

  it('refuses with the reason that the caller can act on', () => {
    expect(mayMove({ state: 'closed', mergedInto: null }, 'reply')).toMatchObject({ code: 'ticket_closed' });
    expect(mayMove({ state: 'waiting', mergedInto: null }, 'release')).toMatchObject({ code: 'conflict' });
    expect(mayMove({ state: 'closed', mergedInto: '7' }, 'reopen')).toMatchObject({
      detail: { text: 'refusal.mergedAway', ticket: '7' },
    });
  });

  it('leaves a merged ticket to its readers', () => {
    fc.assert(
      fc.property(state, move, (from, what) => {
        expect(mayMove({ state: from, mergedInto: '1' }, what).ok).toBe(false);
        expect(allowedMoves({ state: from, mergedInto: '1' })).toEqual([]);
      }),
    );
  });

  it('leaves no state without a way out', () => {
    for (const from of ticketStates) expect(allowedMoves({ state: from, mergedInto: null })).not.toEqual([]);
  });
});

describe('stateAfterReply', () => {
  it.each([
    ['waiting', 'pending', 'pending'],
    ['open', 'pending', 'pending'],
    ['open', 'open', 'open'],
    ['waiting', 'open', 'waiting'],
    ['pending', 'open', 'pending'],
    ['open', 'close', 'closed'],
  ] as const)('%s, then %s, is %s', (from, then, to) => expect(stateAfterReply(from, then)).toBe(to));

  it('never makes work', () => {
    fc.assert(
      fc.property(state, fc.constantFrom(...afterReply), (from, then) => {
        const to = stateAfterReply(from, then);
        if (needsWork(to)) expect(to).toBe(from);
      }),
    );
  });
});
