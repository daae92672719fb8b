import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  bodyOf,
  type CallEntry,
  callTimes,
  clockToggled,
  entryToResume,
  isWorthKeeping,
  missingOf,
  newEntry,
  talkedSeconds,
} from './call-entry.js';

const opened = new Date(2026, 10, 25, 16, 0).getTime();
const entry = (part: Partial<CallEntry> = {}): CallEntry => ({ ...newEntry('k1', opened), phone: '101', ...part });
const minute = 60_000;
const written = (ms: number): string =>
  new Date(ms).toLocaleString('ru-RU', { dateStyle: 'short', timeStyle: 'short' });

describe('the clock of a call', () => {
  it('runs from the opening, stops, and goes on from where it stood', () => {
    const stopped = clockToggled(entry(), opened + 2 * minute);
    expect(talkedSeconds(stopped, opened + 9 * minute)).toBe(120);
    const running = clockToggled(stopped, opened + 10 * minute);
    expect(talkedSeconds(running, opened + 11 * minute)).toBe(180);
  });

  it.each([
    ['as it ran', {}, 0, 5],
    ['longer than the form was open: it began earlier', { talked: 600 }, -5, 5],
    ['corrected to shorter', { talked: 60 }, 0, 1],
    ['of this morning', { began: written(opened - 120 * minute), talked: 180 }, -120, -117],
    ['begun in the future: now', { began: written(opened + 60 * minute) }, 5, 5],
  ])('%s', (_, part, from, to) => {
    const times = { startedAt: opened + from * minute, endedAt: opened + to * minute };
    expect(callTimes(entry(part), opened + 5 * minute)).toEqual(times);
  });

  it('begins before it ends, and ends before now, whatever was corrected', () => {
    const anyTalk = fc.option(fc.integer({ min: 0, max: 90_000 }));
    const anyBegin = fc.option(fc.integer({ min: -1e9, max: 1e9 }).map((shift) => written(opened + shift)));
    fc.assert(
      fc.property(anyTalk, anyBegin, fc.nat(1e8), (talked, began, later) => {
        const now = opened + later;
        const { startedAt, endedAt } = callTimes(entry({ talked, began }), now);
        expect(startedAt).toBeLessThanOrEqual(endedAt);
        expect(endedAt).toBeLessThanOrEqual(now);
      }),
    );
  });
});

describe('what must be filled in', () => {
  const ticket = { id: '7', number: '1007' };
  const other = { kind: 'other', text: 'x' };
  it.each([
    ['everything', entry({ phone: ' ' }), ['phone', 'kind', 'text']],
    ['no text of what was resolved', entry({ kind: 'other', resolved: true }), []],
    ['no kind of a ticket that has one', entry({ ticket, text: 'Ещё раз' }), []],
    [
      'times that are none',
      entry({ ...other, callBack: { dueAt: '', note: '' }, began: 'утром' }),
      ['callBack', 'began'],
    ],
  ])('%s', (_, given, missing) => expect(missingOf(given, true, opened)).toEqual(missing));

  it('asks for no kind where there are none', () => expect(missingOf(entry({ text: 'x' }), false, opened)).toEqual([]));
});

describe('bodyOf', () => {
  it('says what was said, and nothing that was not', () => {
    const body = bodyOf(entry({ text: ' Пароль ', kind: 'access', outcome: 'не отправлять' }), opened + minute);
    expect(body).toEqual({
      phone: '101',
      direction: 'in',
      text: 'Пароль',
      kind: 'access',
      resolved: false,
      startedAt: new Date(opened).toISOString(),
      endedAt: new Date(opened + minute).toISOString(),
    });
  });

  it('goes to its ticket, with what was done and promised', () => {
    const dueAt = written(opened + 60 * minute);
    const part = { ticket: { id: '7', number: '1007' }, kind: 'access', resolved: true, outcome: 'Сброшен' };
    const body = bodyOf(entry({ ...part, name: 'Ирина', callBack: { dueAt, note: '' } }), opened);
    expect(body).toMatchObject({ ticketId: '7', name: 'Ирина', resolved: true, outcome: 'Сброшен' });
    expect(body.callBack).toEqual({ dueAt: new Date(opened + 60 * minute).toISOString(), note: '' });
    expect(body).not.toHaveProperty('kind');
  });
});

describe('entryToResume', () => {
  const now = opened + 10 * minute;
  const own = entry({ key: 'own', keptAt: now - 1_000 });
  const others = entry({ key: 'others', keptAt: now - 1_000 });
  const left = entry({ key: 'left', keptAt: now - 30_000 });
  const old = entry({ key: 'old', keptAt: now - 5 * minute });
  const refused = { ...old, key: 'refused', problem: { code: 'invalid_phone' as const, status: 422 } };
  const waiting = { ...left, key: 'waiting', body: bodyOf(left, now) };
  it.each([
    ['its own', [left, own], 'own'],
    ['what was left behind last', [old, left, others], 'left'],
    ['what was refused before what was left', [left, refused], 'refused'],
    ['nothing of a tab that lives', [others], undefined],
    ['nothing that waits to be sent', [waiting], undefined],
  ])('takes %s', (_, entries, key) => expect(entryToResume(entries, 'own', now)?.key).toBe(key));

  it('stops a clock that nobody looked at', () => {
    expect(entryToResume([left], null, now)?.talked).toBeNull();
    expect(entryToResume([old], null, now)?.talked).toBe(300);
  });
});

it('keeps what somebody would miss', () => {
  expect(isWorthKeeping(newEntry('k', 0))).toBe(false);
  expect(isWorthKeeping(entry())).toBe(true);
});
