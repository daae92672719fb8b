import { describe, expect, it } from '@jest/globals';
import { DeskError } from './desk-error.js';

describe('DeskError', () => {
  it('says nothing that the catalogues do not have', () => {
    // @ts-expect-error -- a sentence of its own
    void new DeskError('not_found', 'There is no such ticket.');
    // @ts-expect-error -- a text without what it must be given
    void new DeskError('not_found', 'refusal.mergedAway');
    // @ts-expect-error -- a text with something else
    void new DeskError('not_found', { text: 'refusal.mergedAway', version: 7 });
    // @ts-expect-error -- a sentence as the message of a fault
    void new DeskError('not_found', undefined, [{ path: 'id', message: 'Not an id.' }]);
    expect(new DeskError('not_found', { text: 'refusal.mergedAway', ticket: 7 }).detail).toEqual({
      text: 'refusal.mergedAway',
      ticket: 7,
    });
  });

  it('is legible in a log', () => {
    const { message } = new DeskError('not_found', { text: 'refusal.mergedAway', ticket: 7 });
    expect(message).toBe('not_found: The ticket was merged into ticket 7.');
    expect(new DeskError('forbidden').message).toBe('forbidden');
  });
});
