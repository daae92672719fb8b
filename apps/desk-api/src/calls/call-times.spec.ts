import { describe, expect, it } from '@jest/globals';
import { callTimeFaults } from './call-times.js';

const now = new Date('2026-11-25T09:00:00Z');
const at = (text: string): Date => new Date(text);

describe('callTimeFaults', () => {
  it.each([
    ['nothing said', {}],
    ['a call of now', { startedAt: at('2026-11-25T08:56:00Z'), endedAt: now }],
    ['a clock that is a little fast', { startedAt: at('2026-11-25T09:05:00Z'), endedAt: at('2026-11-25T09:05:00Z') }],
    ['an old record', { startedAt: at('2000-01-01T00:00:00Z'), endedAt: at('2000-01-01T00:00:00Z') }],
    ['a call back in some years', { callBack: { dueAt: at('2031-11-24T00:00:00Z') } }],
    ['a call back that was due', { callBack: { dueAt: at('2026-11-01T00:00:00Z') } }],
  ])('takes %s', (_, times) => expect(callTimeFaults(times, now)).toEqual([]));

  it.each([
    ['a beginning in the future', { startedAt: at('2026-11-25T09:05:01Z') }, ['startedAt']],
    ['an end in the future', { startedAt: now, endedAt: at('2026-11-25T09:06:00Z') }, ['endedAt']],
    ['the end of time', { startedAt: at('9999-12-31T23:59:59Z') }, ['startedAt']],
    ['a time before telephones', { startedAt: at('0001-01-01T00:00:00Z') }, ['startedAt']],
    ['a little too old', { endedAt: at('1999-12-31T23:59:59Z') }, ['endedAt']],
    ['a call back by nobody alive', { callBack: { dueAt: at('9999-01-01T00:00:00Z') } }, ['callBack.dueAt']],
    ['a call back long ago', { callBack: { dueAt: at('0001-01-01T00:00:00Z') } }, ['callBack.dueAt']],
    [
      'everything wrong at once',
      { startedAt: at('0001-01-01T00:00:00Z'), endedAt: at('9999-01-01T00:00:00Z'), callBack: { dueAt: new Date(0) } },
      ['startedAt', 'endedAt', 'callBack.dueAt'],
    ],
  ])('refuses %s', (_, times, paths) => expect(callTimeFaults(times, now).map(({ path }) => path)).toEqual(paths));
});
