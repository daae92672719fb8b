import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ThreadClues } from '#libs/contracts';
import { findThread, type ThreadFacts, type ThreadTicket } from './find-thread.js';

const anna = '1';
const boris = '2';
const mine: ThreadTicket = { id: '10', state: 'open', requesterId: anna };
const another: ThreadTicket = { id: '11', state: 'pending', requesterId: anna };
const done: ThreadTicket = { id: '12', state: 'closed', requesterId: anna };
/** Has the form of our ids; what it is worth is said by `byTag`. */
const signed = (tag: string): string => `${tag}.abcdefghijkl@desk.test`;

const clues = (given: Partial<ThreadClues>): ThreadClues => ({ references: [], subjectNumbers: [], ...given });

const facts = (given: Partial<ThreadFacts> = {}): ThreadFacts => ({
  ticket: (id) => [mine, another, done].find((ticket) => ticket.id === id),
  byTag: (tag) => ({ aaaa: '10', bbbb: '11', cccc: '12' })[tag],
  byReference: (reference) => ({ '<m10>': '10', '<m11>': '11', '<m12>': '12' })[reference],
  byNumber: (number) => ({ '1010': '10', '1012': '12' })[number],
  conversation: undefined,
  takesPart: () => false,
  ...given,
});

describe('findThread', () => {
  it.each<[string, Partial<ThreadClues>, Partial<ThreadFacts>, string, string]>([
    ['a proven ticket before everything', { provenTicket: '10', plusTag: 'bbbb' }, {}, 'secret', '10'],
    ['a tag before references', { plusTag: 'aaaa', references: [signed('bbbb')] }, {}, 'tag', '10'],
    [
      'our signed reference before a nearer foreign one',
      { references: ['<m11>', signed('aaaa')] },
      {},
      'signed-reference',
      '10',
    ],
    [
      'the nearest of two signed references',
      { references: [signed('bbbb'), signed('aaaa')] },
      {},
      'signed-reference',
      '11',
    ],
    ['the nearest of two stored references', { references: ['<x>', '<m11>', '<m10>'] }, {}, 'reference', '11'],
    ['a reference before the conversation', { references: ['<m11>'] }, { conversation: '10' }, 'reference', '11'],
    ['the conversation before a number', { subjectNumbers: ['1012'] }, { conversation: '10' }, 'conversation', '10'],
    ['a number of the sender’s own ticket', { subjectNumbers: ['999', '1010'] }, {}, 'number', '10'],
    ['the requester’s own ticket that was closed', { references: ['<m12>'] }, {}, 'reference', '12'],
  ])('follows %s', (_name, given, known, clue, ticketId) =>
    expect(findThread(clues(given), anna, facts(known))).toMatchObject({ ticketId, clue, author: 'requester' }),
  );

  it.each<[string, Partial<ThreadClues>, Partial<ThreadFacts>]>([
    ['a signed reference', { references: [signed('aaaa')] }, {}],
    ['a tag', { plusTag: 'bbbb' }, {}],
    ['a stored reference to a ticket they were named in', { references: ['<m10>'] }, { takesPart: () => true }],
    ['a secret, even of a closed ticket', { provenTicket: '12' }, {}],
  ])('takes somebody else as participant by %s', (_name, given, known) =>
    expect(findThread(clues(given), boris, facts(known))).toMatchObject({ author: 'participant' }),
  );

  it.each<[string, Partial<ThreadClues>, Partial<ThreadFacts>, boolean]>([
    ['a signed reference from a stranger', { references: [signed('aaaa')] }, {}, false],
    ['a tag from a stranger', { plusTag: 'bbbb' }, {}, false],
    ['a tag from somebody who was named', { plusTag: 'bbbb' }, { takesPart: (id) => id === '11' }, true],
    ['a chat of several', {}, { conversation: '10' }, true],
  ])('tells whether the sender was known to the ticket: %s', (_name, given, known, confirmed) =>
    expect(findThread(clues(given), boris, facts(known))).toMatchObject({ author: 'participant', confirmed }),
  );

  it.each<[string, Partial<ThreadClues>, object]>([
    [
      'a number of somebody else’s ticket',
      { subjectNumbers: ['1010'] },
      { clue: 'number', why: 'stranger', ticketId: '10' },
    ],
    [
      'a stored reference from a stranger',
      { references: ['<m10>'] },
      { clue: 'reference', why: 'stranger', ticketId: '10' },
    ],
    ['a reference that others signed', { references: [signed('zzzz')] }, { clue: 'signed-reference', why: 'not-ours' }],
    ['a tag that others made', { plusTag: 'zzzz' }, { clue: 'tag', why: 'not-ours' }],
    [
      'a signed reference to a closed ticket of another',
      { references: [signed('cccc')] },
      { clue: 'signed-reference', why: 'closed', ticketId: '12' },
    ],
  ])('opens a ticket of their own for %s', (_name, given, refused) =>
    expect(findThread(clues(given), boris, facts())).toEqual({
      ticketId: undefined,
      clue: undefined,
      author: 'requester',
      confirmed: true,
      refused: [refused],
    }),
  );

  it('never lets anybody into another requester’s ticket by what they can write themselves', () => {
    const anyReference = fc.constantFrom('<m10>', '<m11>', '<m12>', signed('zzzz'), '<unknown>');
    const written = fc.record({
      references: fc.array(anyReference, { maxLength: 50 }),
      subjectNumbers: fc.array(fc.constantFrom('1010', '1012', '7'), { maxLength: 5 }),
      plusTag: fc.option(fc.constantFrom('zzzz', 'aaaaa', ''), { nil: undefined }),
    });
    fc.assert(
      fc.property(written, (given) => {
        const { plusTag, ...rest } = given;
        const found = findThread(clues(plusTag === undefined ? rest : { ...rest, plusTag }), boris, facts());
        expect(found.ticketId).toBeUndefined();
      }),
    );
  });
});
