import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { inboundMessage } from '#libs/contracts';
import { Secrets } from '#libs/platform';
import { RegroupService, TakeInService, WorkService } from '#libs/routing';
import { ticketTag, TimelineRepository, TicketRepository } from '#libs/tickets';
import { ADesk } from './a-desk.js';

describe('RegroupService', () => {
  let desk: ADesk;
  let regroup: RegroupService;
  beforeAll(async () => {
    desk = await ADesk.open();
    regroup = desk.get(RegroupService);
  });
  afterAll(() => desk.close());
  afterEach(async () => expect(await desk.roomHolds()).toBe(true));

  const texts = async (ticket: string): Promise<string[]> =>
    (await desk.get(TimelineRepository).page(desk.store.db, ticket, 'asc', 50)).map(({ text }) => text);
  const state = async (ticket: string) => desk.get(TicketRepository).get(desk.store.db, ticket);

  it('moves everything, ends the work of the source and leaves it to its readers', async () => {
    const requesterId = await desk.requester();
    const [source, target] = [
      await desk.ticket({ requesterId, text: 'раз' }),
      await desk.ticket({ requesterId, text: 'два' }),
    ];
    const person = await desk.specialist();
    await desk.get(WorkService).claim(source, person);
    await desk.sql(`insert into task (ticket_id, type, due_at) values ($1, 'call-back', now())`, [source]);
    expect(await regroup.merge(source, target, false, person)).toMatchObject({ id: target, state: 'waiting' });
    expect(await texts(target)).toEqual(['раз', 'два']);
    expect(await state(source)).toMatchObject({ state: 'closed', mergedInto: target });
    expect(await desk.sql('select 1 from task where ticket_id = $1', [target])).toHaveLength(1);
    expect(await desk.openItems(person)).toBe(0);
    await expect(desk.get(WorkService).reopen(source, person)).rejects.toMatchObject({ code: 'ticket_closed' });
    await expect(regroup.merge(target, source, false, person)).rejects.toMatchObject({ code: 'ticket_closed' });
  });

  it('lets a later answer to the source follow to the target', async () => {
    const requesterId = await desk.requester();
    await desk.address(requesterId, 'email', 'oleg@x.test');
    const [source, target] = [await desk.ticket({ requesterId }), await desk.ticket({ requesterId })];
    const tag = ticketTag(source, (text) => desk.get(Secrets).mac('ticket-tag', text));
    await regroup.merge(source, target, false, await desk.specialist());
    const message = inboundMessage.parse({
      v: 1,
      type: 'message',
      externalId: 'late@x.test',
      sender: { addresses: [{ kind: 'email', value: 'oleg@x.test', proof: 'wrote' }] },
      replyTo: 'oleg@x.test',
      text: 'Спасибо, но нет',
      thread: { references: [`${tag}.abcdefghijkl`] },
    });
    const taken = await desk.get(TakeInService).take({
      accountId: await desk.accountId('email'),
      channel: 'email',
      externalKey: 'late',
      raw: Buffer.from('late'),
      message,
    });
    expect(taken.ticketId).toBe(target);
    expect(await texts(target)).toContain('Спасибо, но нет');
  });

  it('wakes a ticket that had waited for its requester', async () => {
    const requesterId = await desk.requester();
    const [source, target] = [await desk.ticket({ requesterId }), await desk.ticket({ requesterId })];
    const person = await desk.specialist();
    await desk.sql(`update work_item set state = 'done', ended_at = now() where ticket_id = $1`, [target]);
    await desk.sql(`update ticket set state = 'pending', assignee_id = $2 where id = $1`, [target, person.id]);
    expect(await regroup.merge(source, target, false, person)).toMatchObject({ state: 'waiting', assigneeId: null });
    const live = await desk.sql(`select preferred_id from work_item where ticket_id = $1 and state = 'waiting'`, [
      target,
    ]);
    expect(live).toEqual([{ preferred_id: person.id }]);
  });

  it('joins tickets of two requesters only when told to', async () => {
    const [source, target, person] = [await desk.ticket(), await desk.ticket(), await desk.specialist()];
    await expect(regroup.merge(source, target, false, person)).rejects.toMatchObject({ code: 'conflict' });
    expect(await regroup.merge(source, target, true, person)).toMatchObject({ id: target });
  });

  it('does one of two merges that cross', async () => {
    const requesterId = await desk.requester();
    const [one, other] = [await desk.ticket({ requesterId }), await desk.ticket({ requesterId })];
    const person = await desk.specialist();
    const ends = await Promise.allSettled([
      regroup.merge(one, other, false, person),
      regroup.merge(other, one, false, person),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const merged = [await state(one), await state(other)].filter((ticket) => ticket?.mergedInto);
    expect(merged).toHaveLength(1);
  });

  it('makes a ticket of its own of a message, that waits for a specialist', async () => {
    const ticket = await desk.ticket({ text: 'про пароль' });
    const second = await desk.message(ticket, { text: 'и ещё: не слышно звук' });
    await desk.message(ticket, { text: 'звук так и не появился' });
    const person = await desk.specialist();
    const split = await regroup.split(ticket, second, true, person);
    expect(await texts(split.id)).toEqual(['и ещё: не слышно звук', 'звук так и не появился']);
    expect(await texts(ticket)).toEqual(['про пароль']);
    expect(split).toMatchObject({ state: 'waiting', subject: 'и ещё: не слышно звук', channel: 'email' });
    expect(BigInt(split.number)).toBeGreaterThan(0n);
    expect(split.replyTo).toBe((await state(ticket))?.replyTo);
    expect(
      await desk.sql(`select 1 from work_item where ticket_id = $1 and state = 'waiting'`, [split.id]),
    ).toHaveLength(1);
  });

  it('refuses to split off a message of another ticket, or the only one', async () => {
    const [ticket, other, person] = [await desk.ticket(), await desk.ticket(), await desk.specialist()];
    const foreign = await desk.message(other);
    await expect(regroup.split(ticket, foreign, false, person)).rejects.toMatchObject({ code: 'not_found' });
    const [only] = await desk.sql<{ id: string }>('select id from message where ticket_id = $1', [ticket]);
    await expect(regroup.split(ticket, only?.id ?? '0', false, person)).rejects.toMatchObject({ code: 'conflict' });
  });
});
