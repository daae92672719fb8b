import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { OutboundMessage } from '#libs/contracts';
import { DeskError } from '#libs/platform';
import { AnswerService, WorkService, type Answer } from '#libs/routing';
import { AttachmentsRepository, DeliveryService, NoteService, TimelineRepository } from '#libs/tickets';
import { ADesk } from './a-desk.js';

const answer = (more: Partial<Answer> = {}): Answer => ({
  text: 'Готово, попробуйте ещё раз.',
  channel: undefined,
  files: [],
  then: 'pending',
  ...more,
});
const codeOf = (fault: unknown): string => (fault instanceof DeskError ? fault.code : String(fault));

describe('AnswerService', () => {
  let desk: ADesk;
  let answers: AnswerService;
  beforeAll(async () => {
    desk = await ADesk.open();
    answers = desk.get(AnswerService);
  });
  afterAll(() => desk.close());
  afterEach(async () => expect(await desk.roomHolds()).toBe(true));

  const sent = async (messageId: string) =>
    desk.sql<{ message: OutboundMessage; channel: string; external_id: string; order_key: string }>(
      'select message, channel, external_id, order_key from outbox where message_id = $1',
      [messageId],
    );

  it('writes message and outbox row, ends the work and rings the channel', async () => {
    const ticket = await desk.ticket();
    await desk.message(ticket, { externalId: 'first@x.test' });
    await desk.message(ticket, { externalId: 'second@x.test' });
    const person = await desk.specialist();
    await desk.get(WorkService).claim(ticket, person);
    const given = await answers.reply(ticket, answer(), person);
    expect(given.ticket).toMatchObject({ state: 'pending', assigneeId: person.id, firstRepliedAt: expect.any(Date) });
    expect(await desk.openItems(person)).toBe(0);
    const [row] = await sent(given.messageId);
    expect(row).toMatchObject({ channel: 'email', order_key: `t${ticket}` });
    expect(row?.message).toMatchObject({
      text: 'Готово, попробуйте ещё раз.',
      from: 'help@desk.test',
      references: ['first@x.test', 'second@x.test'],
      ticketNumber: given.ticket.number,
      automatic: false,
    });
    expect(row?.external_id.startsWith(`${row.message.replyTag}.`)).toBe(true);
    expect(desk.queue.jobs).toContainEqual({ job: 'outbound.email', ids: given.outboxIds });
  });

  it('lets one of two answers through that were written looking at the same message', async () => {
    const ticket = await desk.ticket();
    const [seen] = await desk.sql<{ id: string }>('select max(id) as id from message where ticket_id = $1', [ticket]);
    const people = [await desk.specialist(), await desk.specialist()];
    const ends = await Promise.allSettled(
      people.map((person) => answers.reply(ticket, answer({ basedOn: seen?.id }), person)),
    );
    expect(ends.map((end) => (end.status === 'fulfilled' ? 'sent' : codeOf(end.reason))).sort()).toEqual([
      'precondition_failed',
      'sent',
    ]);
    expect(await desk.sql('select 1 from outbox where ticket_id = $1', [ticket])).toHaveLength(1);
  });

  it('stops an answer that did not see the newest message', async () => {
    const ticket = await desk.ticket();
    const seen = await desk.message(ticket);
    const person = await desk.specialist();
    await desk.get(NoteService).note(ticket, 'только для нас', person);
    await desk.message(ticket, { text: 'Уже не надо' });
    await expect(answers.reply(ticket, answer({ basedOn: seen }), person)).rejects.toMatchObject({
      code: 'precondition_failed',
    });
  });

  it('does a repeated answer once', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const first = await answers.reply(ticket, answer({ idem: 'k1', then: 'close' }), person);
    const second = await answers.reply(ticket, answer({ idem: 'k1', then: 'close' }), person);
    expect(second).toMatchObject({ messageId: first.messageId, outboxIds: first.outboxIds });
    expect(await desk.sql('select 1 from outbox where ticket_id = $1', [ticket])).toHaveLength(1);
  });

  it('writes nothing at all when the ticket is closed', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await desk.get(WorkService).close(ticket, null, person);
    await expect(answers.reply(ticket, answer(), person)).rejects.toMatchObject({ code: 'ticket_closed' });
    expect(await desk.sql('select 1 from outbox where ticket_id = $1', [ticket])).toHaveLength(0);
  });

  it('keeps the ticket with its specialist when the work goes on', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    await desk.get(WorkService).claim(ticket, person);
    const given = await answers.reply(ticket, answer({ then: 'open' }), person);
    expect(given.ticket.state).toBe('open');
    expect(await desk.openItems(person)).toBe(1);
  });

  it('remembers who answered a ticket that nobody had', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    expect((await answers.reply(ticket, answer(), person)).ticket.assigneeId).toBe(person.id);
  });

  it('answers by another channel that the requester wrote on, and by no other', async () => {
    const requesterId = await desk.requester();
    await desk.ticket({ requesterId, channel: 'telegram' });
    const ticket = await desk.ticket({ requesterId });
    const person = await desk.specialist();
    const given = await answers.reply(ticket, answer({ channel: 'telegram' }), person);
    expect(given.channel).toBe('telegram');
    expect(desk.queue.jobs).toContainEqual({ job: 'outbound.telegram', ids: given.outboxIds });
    const other = await desk.ticket();
    await expect(answers.reply(other, answer({ channel: 'telegram' }), person)).rejects.toMatchObject({
      code: 'no_address_on_channel',
    });
  });

  it('answers a call by an address that the requester wrote from', async () => {
    const requesterId = await desk.requester();
    const ticket = await desk.ticket({ requesterId, channel: 'phone' });
    const person = await desk.specialist();
    await expect(answers.reply(ticket, answer(), person)).rejects.toMatchObject({ code: 'no_address_on_channel' });
    await desk.address(requesterId, 'email', 'oleg@x.test');
    const given = await answers.reply(ticket, answer({ channel: 'email' }), person);
    expect((await sent(given.messageId))[0]?.message.to).toBe('oleg@x.test');
  });

  it('leaves the answer to a form where its requester reads it', async () => {
    const [ticket, person] = [await desk.ticket({ channel: 'form' }), await desk.specialist()];
    const given = await answers.reply(ticket, answer(), person);
    expect(given).toMatchObject({ channel: 'form', outboxIds: [] });
  });

  it('never lets a note out', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const note = await desk.get(NoteService).note(ticket, 'canary-7f3a', person);
    await answers.reply(ticket, answer(), person);
    expect(await desk.sql(`select 1 from outbox where message::text like '%canary-7f3a%'`)).toHaveLength(0);
    expect(await desk.get(TimelineRepository).get(desk.store.db, ticket, note)).toMatchObject({ type: 'note' });
  });

  it('sends files along and keeps them in the timeline', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const file = { name: 'Инструкция.pdf', mediaType: 'application/pdf', bytes: 9, content: 'ab'.repeat(32) };
    const given = await answers.reply(ticket, answer({ files: [file] }), person);
    expect((await sent(given.messageId))[0]?.message.attachments).toEqual([file]);
    const kept = await desk.get(AttachmentsRepository).byMessages(desk.store.db, [given.messageId]);
    expect(kept).toMatchObject([{ name: 'Инструкция.pdf', content: file.content }]);
    const other = await desk.ticket();
    expect(await desk.get(AttachmentsRepository).get(desk.store.db, other, kept[0]?.id ?? '0')).toBeUndefined();
  });

  it('lets people settle what failed or is unknown, and nothing else', async () => {
    const [ticket, person] = [await desk.ticket(), await desk.specialist()];
    const deliveries = desk.get(DeliveryService);
    const { messageId } = await answers.reply(ticket, answer(), person);
    await expect(deliveries.resend(ticket, messageId)).rejects.toMatchObject({ code: 'conflict' });
    await desk.sql(`update outbox set state = 'failed' where message_id = $1`, [messageId]);
    await deliveries.resend(ticket, messageId);
    await desk.sql(`update outbox set state = 'unknown' where message_id = $1`, [messageId]);
    await deliveries.markDelivered(ticket, messageId);
    expect(await desk.sql('select state from outbox where message_id = $1', [messageId])).toEqual([{ state: 'sent' }]);
    const other = await desk.ticket();
    await expect(deliveries.resend(other, messageId)).rejects.toMatchObject({ code: 'not_found' });
  });
});
