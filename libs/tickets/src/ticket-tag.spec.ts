import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { outboundIdOf, readTicketTag, tagInReference, ticketTag } from './ticket-tag.js';

const keyed =
  (key: string) =>
  (text: string): string =>
    createHmac('sha256', key).update(text).digest('base64url');
const mac = keyed('ours');
const ticketId = fc.bigInt({ min: 1n, max: 9_223_372_036_854_775_807n }).map(String);

describe('ticketTag', () => {
  it('is read back as its ticket, and fits into the local part of a mail address with a box and a random part', () => {
    fc.assert(
      fc.property(ticketId, fc.uint8Array({ minLength: 8, maxLength: 8 }), (id, random) => {
        const tag = ticketTag(id, mac);
        const external = outboundIdOf(tag, random);
        expect(tag).toMatch(/^[a-z2-7]+$/);
        expect(readTicketTag(tag, mac)).toBe(id);
        expect(external.length).toBeLessThanOrEqual(64);
        expect(tagInReference(`${external}@desk.test`)).toBe(tag);
      }),
    );
  });

  it('is worth nothing when it was signed with another key', () => {
    fc.assert(
      fc.property(ticketId, (id) => expect(readTicketTag(ticketTag(id, keyed('theirs')), mac)).toBeUndefined()),
    );
  });

  it('is worth nothing with any letter changed, added or left out', () => {
    const tag = ticketTag('1234', mac);
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567');
    fc.assert(
      fc.property(fc.nat({ max: tag.length - 1 }), letters, fc.constantFrom(0, 1), (at, letter, cut) => {
        const forged = tag.slice(0, at) + letter + tag.slice(at + cut);
        fc.pre(forged !== tag);
        expect(readTicketTag(forged, mac)).toBeUndefined();
      }),
    );
    for (let length = 0; length < tag.length; length += 1) {
      expect(readTicketTag(tag.slice(0, length), mac)).toBeUndefined();
    }
  });

  it('is not read in capitals, and anything else is not read at all', () => {
    expect(readTicketTag(ticketTag('7', mac).toUpperCase(), mac)).toBeUndefined();
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(readTicketTag(text, mac)).toBeUndefined()));
  });
});

describe('tagInReference', () => {
  it.each([
    'CAF=abc@mail.gmail.com',
    '',
    '@',
    'a.b@c',
    'abc.abcdefghijkl1@x',
    'ABC.abcdefghijkl@x',
    'a@b.abcdefghijkl',
  ])('finds none in %p', (reference) => expect(tagInReference(reference)).toBeUndefined());
});
