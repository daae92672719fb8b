import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mayMerge, planSplit, stateAfterMerge, subjectOf, type SplitCandidate } from './merge-split.js';
import { needsWork, ticketStates } from './ticket.js';

const open = { id: '1', state: 'open', mergedInto: null } as const;

describe('mayMerge', () => {
  it('joins two live tickets of one requester', () =>
    expect(mayMerge(open, { ...open, id: '2', state: 'pending' }, true)).toEqual({ ok: true }));

  it.each([
    ['itself', open, open, 'conflict'],
    ['a closed ticket', open, { ...open, id: '2', state: 'closed' }, 'ticket_closed'],
    ['a merged ticket', open, { ...open, id: '2', mergedInto: '3' }, 'ticket_closed'],
    ['another from a closed one', { ...open, state: 'closed' }, { ...open, id: '2' }, 'ticket_closed'],
  ] as const)('refuses to merge into %s', (_, source, target, code) =>
    expect(mayMerge(source, target, true)).toMatchObject({ ok: false, code }),
  );

  it("refuses somebody else's ticket", () =>
    expect(mayMerge(open, { ...open, id: '2' }, false)).toMatchObject({ ok: false, code: 'conflict' }));
});

describe('stateAfterMerge', () => {
  it('loses no work', () => {
    const state = fc.constantFrom(...ticketStates);
    fc.assert(
      fc.property(state, state, (source, target) => {
        const after = stateAfterMerge(source, target);
        expect(needsWork(after)).toBe(needsWork(source) || needsWork(target));
      }),
    );
  });
});

const said = (id: string, more: Partial<SplitCandidate> = {}): SplitCandidate => ({
  id,
  type: 'inbound',
  authorType: 'requester',
  authorId: '5',
  authorAddress: 'a@x.test',
  ...more,
});

describe('planSplit', () => {
  const timeline = [
    said('1'),
    said('2', { type: 'reply', authorType: 'person', authorId: '9' }),
    said('3'),
    said('4', { authorType: 'participant', authorId: null, authorAddress: 'b@x.test' }),
    said('5'),
    said('6', { authorType: 'participant', authorId: null, authorAddress: 'c@x.test' }),
  ];

  it('takes the message alone', () => expect(planSplit(timeline, '3', false)).toEqual({ ok: true, moved: ['3'] }));

  it('takes what its author wrote after it, and nobody else', () => {
    expect(planSplit(timeline, '3', true)).toEqual({ ok: true, moved: ['3', '5'] });
    expect(planSplit(timeline, '4', true)).toEqual({ ok: true, moved: ['4'] });
  });

  it('refuses a message of another ticket', () =>
    expect(planSplit(timeline, '77', false)).toMatchObject({ code: 'not_found' }));

  it('refuses an answer of the desk', () =>
    expect(planSplit(timeline, '2', false)).toMatchObject({ code: 'conflict' }));

  it('refuses to leave nothing behind', () =>
    expect(planSplit([said('1'), said('2', { type: 'note' })], '1', false)).toMatchObject({ code: 'conflict' }));
});

describe('subjectOf', () => {
  it.each([
    ['Login', 'text', 'Login'],
    [null, '  Can not\n\n log in ', 'Can not log in'],
    ['  ', 'x'.repeat(200), `${'x'.repeat(120)}…`],
    ['', '😀'.repeat(121), `${'😀'.repeat(120)}…`],
  ])('of %p and the text', (subject, text, expected) => expect(subjectOf({ subject, text })).toBe(expected));
});
