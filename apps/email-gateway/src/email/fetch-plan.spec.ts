import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chunkBytes, chunkMails, planFetch, sequenceSet } from './fetch-plan.js';

describe('planFetch', () => {
  it('takes every mail once and in order, in chunks of bounded count and size, large ones alone by header', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 20_000_000 }), { maxLength: 700 });
    fc.assert(
      fc.property(sizes, (list) => {
        const mails = list.map((size, index) => ({ uid: index + 1, size }));
        const chunks = planFetch(mails, 10_000_000);
        expect(chunks.flatMap(({ uids }) => uids)).toEqual(mails.map(({ uid }) => uid));
        for (const { uids, headerOnly } of chunks) {
          const bytes = uids.reduce((sum, uid) => sum + list[uid - 1]!, 0);
          expect(headerOnly).toBe(uids.length === 1 && bytes > 10_000_000);
          expect(uids.length).toBeLessThanOrEqual(chunkMails);
          if (uids.length > 1) expect(bytes).toBeLessThanOrEqual(chunkBytes);
        }
      }),
    );
  });
});

describe('sequenceSet', () => {
  it.each([
    [[], ''],
    [[5], '5'],
    [[1, 2, 3, 7, 9, 10], '1:3,7,9:10'],
  ])('writes %j', (numbers, set) => expect(sequenceSet(numbers)).toBe(set));
});
