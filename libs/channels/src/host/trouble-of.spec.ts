import { describe, expect, it } from '@jest/globals';
import { Refused, Retry } from '#libs/contracts';
import { troubleOf } from './trouble-of.js';

describe('troubleOf', () => {
  it.each([
    ['a code', new Retry('wrong-password'), { code: 'wrong-password', detail: '' }],
    ['a code with a detail', new Retry('tls: expired: 2 days'), { code: 'tls', detail: 'expired: 2 days' }],
    ['a sentence', new Retry('the server is away'), { code: 'unreachable', detail: 'the server is away' }],
    ['a refusal', new Refused('wrong-token', 'no'), { code: 'wrong-token', detail: 'no' }],
    ['a surprise, by its name alone', new TypeError('secret words'), { code: 'internal', detail: 'TypeError' }],
    ['an end without an error', undefined, { code: 'ended', detail: '' }],
  ])('tells %s', (_what, error, trouble) => expect(troubleOf(error, undefined)).toEqual(trouble));

  it('believes what the adapter reported before', () => {
    const reported = { code: 'second-poller', detail: '' };
    expect(troubleOf(new Error('x'), reported)).toBe(reported);
  });
});
