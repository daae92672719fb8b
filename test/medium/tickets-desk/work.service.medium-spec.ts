import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DeskError } from '#libs/platform';
import { AssignWaiting, WorkService } from '#libs/routing';
import { DecisionsRepository, TicketRepository } from '#libs/tickets';
import { ADesk } from './a-desk.js';

const outcomes = async (moves: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(moves)).map((end) =>
    end.status === 'fulfilled' ? 'done' : end.reason instanceof DeskError ? end.reason.code : String(end.reason),
  );

describe('WorkService', () => {
  let desk: ADesk;
  let work: WorkService;
  beforeAll(async () => {
    desk = await ADesk.open();
    work = desk.get(WorkService);
  });
  afterAll(() => desk.close());
  afterEach(async () => expect(await desk.roomHolds()).toBe(true));

  it('lets one of many have a ticket that all claim at once', async () => {
    const ticket = await desk.ticket();
    const people = await Promise.all([1, 2, 3, 4, 5, 6].map(() => desk.specialist()));
    const ends = await outcomes(people.map((person) => work.claim(ticket, person)));
    expect(ends.sort()).toEqual([...Array<string>(5).fill('conflict'), 'done']);
    const held = await Promise.all(people.map((person) => desk.openItems(person)));
    expect(held.reduce((sum, items) => sum + items)).toBe(1);
  });

  it('never fills a specialist beyond capacity, however many claims race', async () => {
    const person = await desk.specialist(2);
    const tickets = await Promise.all([1, 2, 3, 4, 5].map(() => desk.ticket()));
    const ends = await outcomes(tickets.map((ticket) => work.claim(ticket, person)));
    expect(ends.filter((end) => end === 'done')).toHaveLength(2);
    expect(ends.filter((end) => end === 'specialist_full')).toHaveLength(3);
    expect(await desk.openItems(person)).toBe(2);
  });

  it('says the same to a claim that is repeated', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const first = await work.claim(ticket, person);
    expect(await work.claim(ticket, person)).toMatchObject({ state: 'open', version: first.version });
  });

  it.each([
    ['absent', 'away', 'specialist_absent'],
    ['off', 'off', 'specialist_absent'],
  ])('gives nothing to somebody %s, unless it is forced', async (_, presence, code) => {
    const [ticket, person, boss] = [await desk.ticket(), await desk.specialist(1, presence), await desk.specialist()];
    expect(await outcomes([work.assign(ticket, person.id, false, boss)])).toEqual([code]);
    expect(await work.assign(ticket, person.id, true, boss)).toMatchObject({ assigneeId: person.id, state: 'open' });
  });

  it('keeps room a law even for a supervisor who forces', async () => {
    const [person, boss] = [await desk.specialist(0), await desk.specialist()];
    expect(await outcomes([work.assign(await desk.ticket(), person.id, true, boss)])).toEqual(['specialist_full']);
  });

  it('hands a ticket on and gives the room back, and rings for it', async () => {
    const [ticket, first, second, boss] = [
      await desk.ticket(),
      await desk.specialist(1),
      await desk.specialist(1),
      await desk.specialist(),
    ];
    await work.claim(ticket, first);
    desk.queue.jobs.length = 0;
    expect(await work.assign(ticket, second.id, false, boss)).toMatchObject({ assigneeId: second.id });
    expect([await desk.openItems(first), await desk.openItems(second)]).toEqual([0, 1]);
    expect(desk.queue.jobs.map(({ job }) => job)).toContain('routing');
  });

  it('puts a released ticket back into its queue', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await work.claim(ticket, person);
    expect(await work.release(ticket, person)).toMatchObject({ state: 'waiting', assigneeId: null });
    expect(await desk.openItems(person)).toBe(0);
    expect(await desk.sql(`select state from work_item where ticket_id = $1 and state <> 'done'`, [ticket])).toEqual([
      { state: 'waiting' },
    ]);
  });

  it('offers a released ticket to others first', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const colleague = await desk.specialist();
    await work.claim(ticket, person);
    await desk.sql(`update specialist set presence = 'off' where id <> all($1)`, [[person.id, colleague.id]]);
    await desk.sql(`update work_item set state = 'done' where state = 'waiting'`);
    await work.release(ticket, person);
    await desk.get(AssignWaiting).assign([await desk.queueId()]);
    expect(await desk.get(TicketRepository).get(desk.store.db, ticket)).toMatchObject({ assigneeId: colleague.id });
  });

  it('closes with an outcome, refuses what a closed ticket does not allow, and opens it again', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await work.claim(ticket, person);
    expect(await work.close(ticket, 'Пароль выдан', person)).toMatchObject({
      state: 'closed',
      outcome: 'Пароль выдан',
    });
    expect(await desk.openItems(person)).toBe(0);
    expect(await outcomes([work.close(ticket, null, person), work.claim(ticket, person)])).toEqual([
      'ticket_closed',
      'ticket_closed',
    ]);
    const reopened = await work.reopen(ticket, person);
    expect(reopened).toMatchObject({ state: 'waiting', assigneeId: null, closedAt: null, outcome: null });
    const [item] = await desk.sql(`select preferred_id from work_item where ticket_id = $1 and state = 'waiting'`, [
      ticket,
    ]);
    expect(item).toEqual({ preferred_id: person.id });
  });

  it('refuses a move that was made looking at an older version', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const seen = { versions: [1] };
    await work.claim(ticket, person, seen);
    expect(await outcomes([work.close(ticket, null, person, seen)])).toEqual(['precondition_failed']);
  });

  it('moves a ticket to another queue, where it waits anew', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await work.claim(ticket, person);
    const second = await desk.queueId('second');
    const moved = await work.change(ticket, { queueId: second, subject: 'Другое' }, person, {});
    expect(moved).toMatchObject({ queueId: second, state: 'waiting', assigneeId: null, subject: 'Другое' });
    expect(await desk.openItems(person)).toBe(0);
  });

  it('leaves the assignee alone when only the words change', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await work.claim(ticket, person);
    expect(await work.change(ticket, { kind: 'access' }, person, {})).toMatchObject({
      kind: 'access',
      state: 'open',
      assigneeId: person.id,
    });
  });

  it('takes a ticket up that waits for its requester', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await work.claim(ticket, person);
    await desk.sql(`update work_item set state = 'done', ended_at = now() where ticket_id = $1`, [ticket]);
    await desk.sql('update specialist set open_items = 0 where id = $1', [person.id]);
    await desk.sql(`update ticket set state = 'pending' where id = $1`, [ticket]);
    expect(await work.claim(ticket, person)).toMatchObject({ state: 'open', assigneeId: person.id });
  });

  it('keeps who moved it and how, and tells the desk', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await work.claim(ticket, person);
    await work.close(ticket, null, person);
    const decisions = await desk.get(DecisionsRepository).ofTicket(desk.store.db, ticket, 10);
    expect(decisions.map(({ step, outcome, reason }) => [step, outcome, reason.by])).toEqual([
      ['move', 'claim', `person:${person.id}`],
      ['move', 'close', `person:${person.id}`],
    ]);
    const events = await desk.sql(`select type, data->>'move' as move from event where ticket_id = $1 order by id`, [
      ticket,
    ]);
    expect(events).toEqual([
      { type: 'ticket.changed', move: 'claim' },
      { type: 'ticket.changed', move: 'close' },
    ]);
  });

  it('knows no ticket that is not there', async () => {
    const person = await desk.specialist();
    expect(await outcomes([work.claim('999999', person), work.close('999999', null, person)])).toEqual([
      'not_found',
      'not_found',
    ]);
    expect(await desk.get(TicketRepository).get(desk.store.db, '999999')).toBeUndefined();
  });
});
