import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakOf, canonicalText, genesis, link, next } from './chain.js';
import type { AuditEntry, NewEntry } from './entry.js';

const entry = (more: Partial<NewEntry> = {}): NewEntry => ({
  at: new Date('2025-11-25T10:00:00.123Z'),
  actor: { type: 'person', id: '7', role: 'administrator' },
  act: 'ticket.opened',
  object: { type: 'ticket', id: '5' },
  outcome: 'done',
  network: '192.0.2.0/24',
  details: { fields: ['b', 'a'], count: 2 },
  ...more,
});

/** The first place where walking the entries stops. */
function firstBreak(entries: readonly AuditEntry[]) {
  let end = genesis;
  for (const [index, one] of entries.entries()) {
    const why = breakOf(one, end);
    if (why) return { index, why };
    end = one;
  }
  return undefined;
}

describe('canonicalText', () => {
  it('is JSON in the order of names, so that anybody can make it again', () => {
    const [one] = link([entry()], genesis);
    const expected =
      '{"act":"ticket.opened","actor":{"id":"7","role":"administrator","type":"person"},' +
      '"at":"2025-11-25T10:00:00.123Z","details":{"count":2,"fields":["b","a"]},"network":"192.0.2.0/24",' +
      '"object":{"id":"5","type":"ticket"},"outcome":"done","seq":"1","v":1}';
    expect(canonicalText(one as AuditEntry)).toBe(expected);
    expect(one?.hash.toString('hex')).toBe(
      createHash('sha256').update(Buffer.alloc(32)).update(expected).digest('hex'),
    );
  });

  it('does not depend on the order in which details were given', () => {
    const texts = [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ].map((details) => canonicalText({ ...entry({ details }), seq: '1' }));
    expect(texts[0]).toBe(texts[1]);
  });
});

describe('a chain', () => {
  const someEntries = fc.array(
    fc
      .record({
        act: fc.string(),
        network: fc.option(fc.string(), { nil: null }),
        outcome: fc.constantFrom('done', 'refused', 'failed', 'unknown'),
        details: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))),
      })
      .map((more) => entry(more as Partial<NewEntry>)),
    { minLength: 2, maxLength: 12 },
  );

  it('holds, in one piece or in several', () => {
    fc.assert(
      fc.property(someEntries, fc.nat(), (entries, cut) => {
        const whole = link(entries, genesis);
        const at = cut % entries.length;
        const head = link(entries.slice(0, at), genesis);
        const tail = link(entries.slice(at), head.at(-1) ?? genesis);
        expect([...head, ...tail]).toEqual(whole);
        expect(firstBreak(whole)).toBeUndefined();
      }),
    );
  });

  it('breaks at the entry that was changed, removed, put in or moved', () => {
    fc.assert(
      fc.property(someEntries, fc.nat(), (entries, where) => {
        const whole = link(entries, genesis);
        const index = where % (whole.length - 1);
        const [one, other] = [whole[index] as AuditEntry, whole[index + 1] as AuditEntry];
        const around = (...inside: AuditEntry[]) => [...whole.slice(0, index), ...inside, ...whole.slice(index + 2)];
        expect(firstBreak(around({ ...one, act: `${one.act}!` }, other))).toEqual({ index, why: 'content' });
        expect(firstBreak(around(other))).toEqual({ index, why: 'gap' });
        expect(firstBreak(around(one, one, other))).toEqual({ index: index + 1, why: 'gap' });
        expect(firstBreak(around(other, one))).toEqual({ index, why: 'gap' });
      }),
    );
  });

  it('breaks after an entry that was changed and hashed anew', () => {
    const [one, other] = link([entry(), entry()], genesis);
    const [forged] = link([entry({ act: 'ticket.closed' })], genesis);
    expect(firstBreak([forged as AuditEntry, other as AuditEntry])).toEqual({ index: 1, why: 'link' });
    expect(next(one as AuditEntry)).toBe('2');
  });
});
