import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostConsidered, planAssignments, type Candidate, type WaitingWork } from './plan-assignments.js';

const minute = (n: number): Date => new Date(Date.UTC(2026, 0, 12, 9, n));
const work = (id: string, more: Partial<WaitingWork> = {}): WaitingWork => ({
  id,
  priority: 0,
  waitingSince: minute(0),
  preferredId: null,
  ...more,
});
const member = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  capacity: 5,
  openItems: 0,
  present: true,
  lastAssignedAt: null,
  ...more,
});
const outcome = (items: readonly WaitingWork[], candidates: readonly Candidate[]): Record<string, string> =>
  Object.fromEntries(
    planAssignments(items, candidates).assigned.map(({ item, specialistId }) => [item.id, specialistId]),
  );

describe('planAssignments', () => {
  it.each<[string, readonly Candidate[], string]>([
    [
      'the least loaded by share of capacity',
      [member('1', { openItems: 2, capacity: 10 }), member('2', { openItems: 1, capacity: 2 })],
      '1',
    ],
    [
      'at equal share whoever has fewer items',
      [member('1', { openItems: 4, capacity: 8 }), member('2', { openItems: 2, capacity: 4 })],
      '2',
    ],
    [
      'then who waited longest for an assignment',
      [member('1', { lastAssignedAt: minute(5) }), member('2', { lastAssignedAt: minute(3) })],
      '2',
    ],
    ['then who never had one', [member('1', { lastAssignedAt: minute(5) }), member('2')], '2'],
    ['then the smaller id', [member('10'), member('9')], '9'],
    ['nobody who is away', [member('1', { present: false }), member('2', { openItems: 4 })], '2'],
    ['nobody who is full', [member('1', { openItems: 5 }), member('2', { openItems: 4 })], '2'],
  ])('chooses %s', (_name, candidates, chosen) => expect(outcome([work('7')], candidates)).toEqual({ 7: chosen }));

  it('gives the ticket to who knows it while they are present and have room', () => {
    const knows = work('7', { preferredId: '2' });
    const busy = [member('1'), member('2', { openItems: 4 })];
    expect(planAssignments([knows], busy).assigned).toMatchObject([{ specialistId: '2', by: 'preferred' }]);
    expect(outcome([knows], [member('1'), member('2', { openItems: 5 })])).toEqual({ 7: '1' });
    expect(outcome([knows], [member('1'), member('2', { present: false })])).toEqual({ 7: '1' });
  });

  it('gives work back to who released it only when nobody else has room', () => {
    const released = work('7', { avoidedId: '1' });
    expect(outcome([released], [member('1'), member('2', { openItems: 4 })])).toEqual({ 7: '2' });
    expect(outcome([released], [member('1'), member('2', { openItems: 5 })])).toEqual({ 7: '1' });
  });

  it('serves by priority, then by waiting time, then by id', () => {
    const items = [
      work('10', { waitingSince: minute(1) }),
      work('9', { waitingSince: minute(1) }),
      work('3', { waitingSince: minute(0) }),
      work('11', { priority: 5, waitingSince: minute(9) }),
    ];
    const { assigned } = planAssignments(items, [member('1')]);
    expect(assigned.map(({ item }) => item.id)).toEqual(['11', '3', '9', '10']);
  });

  it.each<[string, readonly Candidate[]]>([
    ['no-members', []],
    ['nobody-present', [member('1', { present: false }), member('2', { present: false, openItems: 5 })]],
    ['all-full', [member('1', { openItems: 5 }), member('2', { capacity: 0 })]],
  ])('says %s when nothing can be assigned', (reason, candidates) =>
    expect(planAssignments([work('7')], candidates)).toMatchObject({ assigned: [], waiting: [{ id: '7' }], reason }),
  );

  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 99 }).map(String), { maxLength: 8 });
  const teams = ids.chain((team) =>
    fc.tuple(
      ...team.map((id) =>
        fc
          .record({
            capacity: fc.integer({ min: 0, max: 4 }),
            openItems: fc.integer({ min: 0, max: 4 }),
            present: fc.boolean(),
            lastAssignedAt: fc.option(fc.integer({ min: 0, max: 59 }).map(minute)),
          })
          .map((more) => member(id, more)),
      ),
    ),
  );
  const loads = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 999 }).map(String),
      priority: fc.integer({ min: 0, max: 2 }),
      waitingSince: fc.integer({ min: 0, max: 59 }).map(minute),
      preferredId: fc.option(fc.integer({ min: 1, max: 99 }).map(String)),
    }),
    { maxLength: 20, selector: ({ id }) => id },
  );

  it('never passes a capacity, never chooses who is absent, and leaves nothing while somebody has room', () => {
    fc.assert(
      fc.property(loads, teams, (items, team) => {
        const { assigned, waiting } = planAssignments(items, team);
        let roomLeft = 0;
        for (const { id, present, capacity, openItems } of team) {
          const given = assigned.filter(({ specialistId }) => specialistId === id).length;
          if (given > 0) expect([present, openItems + given <= capacity]).toEqual([true, true]);
          if (present) roomLeft += Math.max(0, capacity - openItems) - given;
        }
        expect(assigned.length + waiting.length).toBe(items.length);
        if (waiting.length > 0) expect(roomLeft).toBe(0);
      }),
    );
  });

  it('lets nobody overtake: what waits has no greater priority, nor the same with an earlier time, than what was given', () => {
    fc.assert(
      fc.property(loads, teams, (items, team) => {
        const { assigned, waiting } = planAssignments(items, team);
        for (const { item } of assigned) {
          for (const other of waiting) {
            expect(other.priority).toBeLessThanOrEqual(item.priority);
            if (other.priority === item.priority) {
              expect(other.waitingSince.getTime()).toBeGreaterThanOrEqual(item.waitingSince.getTime());
            }
          }
        }
      }),
    );
  });

  it('chooses the same whatever order the rows come in', () => {
    const shuffledOf = <Item>(all: readonly Item[]) =>
      fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });
    const both = fc
      .tuple(loads, teams)
      .chain(([items, team]) => fc.tuple(fc.constant(items), fc.constant(team), shuffledOf(items), shuffledOf(team)));
    fc.assert(
      fc.property(both, ([items, team, otherItems, otherTeam]) =>
        expect(outcome(otherItems, otherTeam)).toEqual(outcome(items, team)),
      ),
    );
  });

  it('names only the best candidates, the chosen one first', () => {
    const team = Array.from({ length: 50 }, (_none, index) => member(String(index + 1), { openItems: 1 }));
    const [first] = planAssignments([work('7', { preferredId: '50' })], team).assigned;
    expect(first?.considered).toHaveLength(mostConsidered);
    expect(first?.considered[0]?.id).toBe('50');
    expect(first?.eligible).toBe(50);
  });
});
