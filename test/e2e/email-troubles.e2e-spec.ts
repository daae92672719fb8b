import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { MailDesk } from '../support/mail-desk.js';

jest.setTimeout(90_000);

let desk: MailDesk;
beforeAll(async () => {
  desk = await MailDesk.start();
});
afterAll(() => desk?.close());

const person = (name: string) => ({ from: `${name}@school.test`, fromName: 'Вера Орлова' });

describe('what goes wrong with e-mail', () => {
  it('leaves an auto-reply without an answer, and opens nothing by it', async () => {
    const from = person('away');
    await desk.write({ ...from, messageId: 'a1@school.test', subject: 'Отпуск', text: 'Когда занятия?' });
    const ticket = await desk.client.ticket('Отпуск', ({ state }) => state === 'open');
    const [acknowledgement] = await desk.sink.to(from.from);
    await desk.write({
      ...from,
      messageId: 'a2@school.test',
      subject: 'Автоответ: Отпуск',
      text: 'Я в отпуске до понедельника',
      inReplyTo: (acknowledgement?.mail.messageId ?? '').slice(1, -1),
      headers: { 'Auto-Submitted': 'auto-replied' },
    });
    // Whoever writes after it is answered: by then an answer to the auto-reply would have come, too.
    await eventually(async () => (await desk.client.ledger()).some(({ fate }) => fate === 'automatic'));
    await desk.write({ ...person('next'), messageId: 'a3@school.test', subject: 'Следующий', text: 'Вопрос' });
    await desk.sink.to('next@school.test');
    await expect(desk.sink.to(from.from)).resolves.toHaveLength(1);
    const { state } = await desk.client.ticket('Отпуск');
    expect(state).toBe('open');
    expect(ticket.state).toBe('open');
  });

  it('shows bytes that nobody can read as an entry that somebody can see', async () => {
    const noise = Buffer.from(Array.from({ length: 4000 }, (_, at) => 128 + ((at * 31) % 128)));
    const before = (await desk.client.ledger()).length;
    await desk.deliver(Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=x\r\n\r\n'), noise]));
    const entries = await eventually(async () => {
      const found = await desk.client.ledger();
      return found.length > before && found.every(({ state }) => state === 'done') && found;
    });
    const entry = entries.reduce((last, next) => (Number(next.id) > Number(last.id) ? next : last));
    expect(entry.ticketId).not.toBeNull();
    const [message] = await desk.client.messages(entry.ticketId ?? '', (list) => list.length > 0);
    expect(message?.type).toBe('inbound');
  });

  it('shows a wrong password on its account, while the other one goes on', async () => {
    const wrong = await desk.addMailbox('second', 'second@desk.test', 'wrong');
    const shown = await desk.account(wrong, ({ trouble }) => trouble !== null);
    expect(shown).toMatchObject({ state: 'failing', trouble: { code: 'wrong-password' } });
    await desk.write({ ...person('calm'), messageId: 'c1@school.test', subject: 'Другой ящик работает', text: 'Да' });
    await desk.client.ticket('Другой ящик работает', ({ state }) => state === 'open');
  });

  it('tells that an address does not exist, and keeps trying one that is busy', async () => {
    const gone = person('gone');
    desk.sink.faults.set(gone.from, { code: 550, text: '5.1.1 no such user' });
    await desk.write({ ...gone, messageId: 'g1@school.test', subject: 'Нет адреса', text: 'Ау' });
    const ticket = await desk.client.ticket('Нет адреса', ({ state }) => state === 'open');
    await desk.client.reply(ticket.id, 'Ответ в никуда');
    const messages = await desk.client.messages(ticket.id, (list) =>
      list.some(({ type, delivery }) => type === 'reply' && delivery?.state === 'failed'),
    );
    expect(messages.find(({ type }) => type === 'reply')?.delivery?.reasonCode).toBeTruthy();

    const busy = person('busy');
    desk.sink.faults.set(busy.from, { code: 451, text: '4.3.0 later' });
    await desk.write({ ...busy, messageId: 'b1@school.test', subject: 'Занято', text: 'Ау' });
    const waiting = await desk.client.ticket('Занято', ({ state }) => state === 'open');
    await desk.client.reply(waiting.id, 'Ответ подождёт');
    const queued = await desk.client.messages(waiting.id, (list) =>
      list.some(({ type, delivery }) => type === 'reply' && delivery?.state === 'queued'),
    );
    expect(queued.some(({ delivery }) => delivery?.state === 'failed')).toBe(false);
  });

  it('loses and doubles nothing when gateway, router and Redis are killed at work', async () => {
    const subjects = Array.from({ length: 40 }, (_, n) => `Во время сбоя ${n}`);
    const [gateway, router] = ['email-gateway', 'router'].map((role) => desk.running.find((one) => one.role === role));
    const writing = Promise.all(
      subjects.map((subject, n) => desk.write({ ...person(`k${n}`), messageId: `k${n}@x.test`, subject, text: 'Т' })),
    );
    await desk.client.ticket(subjects[0] ?? '');
    await Promise.all([gateway?.kill(), router?.kill(), desk.redis?.kill()]);
    await writing;
    await desk.redis?.start();
    await desk.processes.start('router');
    await desk.processes.start('email-gateway');
    const tickets = await eventually(async () => {
      const { items } = await desk.client.call<{ items: { subject: string }[] }>('GET', 'tickets?limit=100');
      const found = items.filter(({ subject }) => subject.startsWith('Во время сбоя'));
      return found.length >= subjects.length && found;
      // The worst case of one kill: a claim on raw rows (45 s), then a ring that Redis lost (30 s).
    }, 150_000);
    expect(tickets.map(({ subject }) => subject).sort()).toEqual(subjects.sort());
  }, 200_000);
});
