import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CallLogService } from '#libs/routing';
import { CallsRepository, readPhoneNumber, TicketRepository, TimelineRepository, type CallToLog } from '#libs/tickets';
import { ADesk } from './a-desk.js';

describe('CallLogService', () => {
  let desk: ADesk;
  let log: CallLogService;
  beforeAll(async () => {
    desk = await ADesk.open();
    log = desk.get(CallLogService);
  });
  afterAll(() => desk.close());

  const call = (phone: string, more: Partial<CallToLog> = {}): CallToLog => {
    const number = readPhoneNumber(phone, 'RU');
    if (number.kind === 'invalid') throw new Error(phone);
    return {
      number,
      phoneAsGiven: phone,
      direction: 'in',
      text: 'Не может войти',
      resolved: false,
      startedAt: new Date('2026-11-22T09:00:00Z'),
      ...more,
    };
  };
  const ticketOf = async (id: string) => desk.get(TicketRepository).get(desk.store.db, id);

  it('makes a ticket with the facts of the call and what was promised', async () => {
    const person = await desk.specialist();
    const dueAt = new Date('2026-11-23T09:00:00Z');
    const callBack = { dueAt, note: 'сообщить логин' };
    const { ticketId } = await log.log(call('8 (912) 345-67-89 доб. 12', { callBack, loggedBy: person.id }), 'one');
    expect(await ticketOf(ticketId)).toMatchObject({ channel: 'phone', subject: 'Не может войти', state: 'waiting' });
    expect(await desk.get(TimelineRepository).page(desk.store.db, ticketId, 'asc', 10)).toMatchObject([
      {
        type: 'call',
        text: 'Не может войти',
        call: { phone: '+79123456789', extension: '12', phoneAsGiven: '8 (912) 345-67-89 доб. 12', direction: 'in' },
      },
    ]);
    expect(await desk.get(CallsRepository).tasksOf(desk.store.db, ticketId)).toMatchObject([
      { dueAt, note: 'сообщить логин', phone: '+79123456789', createdBy: person.id, doneAt: null },
    ]);
  });

  it('logs an entry once, however often it is repeated, and at once', async () => {
    const ends = await Promise.all([1, 2, 3].map(() => log.log(call('9123456700'), 'same')));
    expect(new Set(ends.map(({ ticketId }) => ticketId)).size).toBe(1);
    expect(await desk.sql(`select 1 from call where phone = '+79123456700'`)).toHaveLength(1);
  });

  it('knows a caller again', async () => {
    const [first, second] = [await log.log(call('9123456701'), 'a'), await log.log(call('+7 912 345-67-01'), 'b')];
    const [one, other] = [await ticketOf(first.ticketId), await ticketOf(second.ticketId)];
    expect(one?.id).not.toBe(other?.id);
    expect(one?.requesterId).toBe(other?.requesterId);
    expect(await desk.get(CallsRepository).requestersOf(desk.store.db, '+79123456701')).toEqual([one?.requesterId]);
  });

  it('closes what was resolved on the call, and makes no work of it', async () => {
    const { ticketId } = await log.log(call('9123456702', { resolved: true, outcome: 'Подсказали адрес' }), 'c');
    expect(await ticketOf(ticketId)).toMatchObject({ state: 'closed', outcome: 'Подсказали адрес' });
    expect(await desk.sql('select 1 from work_item where ticket_id = $1', [ticketId])).toHaveLength(0);
  });

  it('adds a call to a ticket, which wakes it', async () => {
    const ticket = await desk.ticket();
    await desk.sql(`update work_item set state = 'done', ended_at = now() where ticket_id = $1`, [ticket]);
    await desk.sql(`update ticket set state = 'pending' where id = $1`, [ticket]);
    const taken = await log.log(call('9123456703', { ticketId: ticket }), 'd');
    expect(taken.ticketId).toBe(ticket);
    expect((await ticketOf(ticket))?.state).not.toBe('pending');
    expect(await desk.sql(`select 1 from work_item where ticket_id = $1 and state <> 'done'`, [ticket])).toHaveLength(
      1,
    );
  });

  it('takes calls from hidden and internal numbers', async () => {
    const hidden = await log.log(call('anonymous'), 'e');
    const internal = await log.log(call('SIP/101-0000'), 'f');
    expect(await desk.sql('select phone from call order by message_id desc limit 2')).toEqual([
      { phone: '101' },
      { phone: null },
    ]);
    expect(hidden.ticketId).not.toBe(internal.ticketId);
  });

  it('refuses a ticket that is not there, and keeps nothing', async () => {
    await expect(log.log(call('9123456704', { ticketId: '999999' }), 'g')).rejects.toMatchObject({ code: 'not_found' });
    expect(await desk.sql(`select 1 from inbox where external_key = 'g'`)).toHaveLength(0);
  });

  it('marks a promise as kept once', async () => {
    const [first, second] = [await desk.specialist(), await desk.specialist()];
    const callBack = { dueAt: new Date('2020-01-01T00:00:00Z'), note: '' };
    const { ticketId } = await log.log(call('9123456705', { callBack }), 'h');
    const calls = desk.get(CallsRepository);
    const [due] = await calls.tasksDue(desk.store.db, 10, new Date('2020-01-02T00:00:00Z'));
    expect(due?.ticketId).toBe(ticketId);
    await calls.finishTask(desk.store.db, due?.id ?? '0', first.id);
    expect(await calls.finishTask(desk.store.db, due?.id ?? '0', second.id)).toMatchObject({ doneBy: first.id });
    expect(await calls.tasksDue(desk.store.db, 10, new Date('2020-01-02T00:00:00Z'))).toEqual([]);
  });
});
