import { describe, expect, it } from '@jest/globals';
import { Refused, Retry, Unknown } from '#libs/contracts';
import { outcomeOf } from './outcome-of.js';

describe('outcomeOf', () => {
  it.each([
    ['a refusal before the fence', new Refused('blocked', 'no'), false, { state: 'failed', code: 'blocked' }],
    ['a refusal after the fence', new Refused('550', 'no'), true, { state: 'failed', code: '550' }],
    ['a temporary no before the fence', new Retry('busy'), false, { state: 'queued', afterMs: 30_000 }],
    ['a temporary no after the fence', new Retry('451'), true, { state: 'queued', afterMs: 30_000 }],
    ['a no with its own delay', new Retry('429', { afterMs: 7_000 }), true, { state: 'queued', afterMs: 7_000 }],
    ['no answer', new Unknown('silence'), true, { state: 'unknown' }],
    ['a surprise before the fence', new TypeError('secret words'), false, { state: 'queued', reason: 'TypeError' }],
    ['a surprise after the fence', new TypeError('secret words'), true, { state: 'unknown', reason: 'TypeError' }],
  ])('%s', (_what, error, fenced, outcome) => {
    expect(outcomeOf(error, fenced, 1, 0.5)).toMatchObject(outcome);
  });

  it('gives up after days of trying', () => {
    expect(outcomeOf(new Retry('busy'), false, 300, 0.5)).toMatchObject({ state: 'failed', code: 'gave-up' });
  });
});
