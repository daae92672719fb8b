import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ClientTicket } from '../support/desk-client.js';
import type { Charset } from '../support/encode-text.js';
import { eventually } from '../support/eventually.js';
import { MailDesk } from '../support/mail-desk.js';

jest.setTimeout(90_000);

let desk: MailDesk;
beforeAll(async () => {
  desk = await MailDesk.start(['desk-api', 'email-gateway', 'router', 'router']);
});
afterAll(() => desk?.close());

const anna = (name: string) => ({ from: `${name}@school.test`, fromName: 'Анна Белова' });
const sent = (state: string | undefined): boolean => state === 'sent';

describe('a conversation by e-mail', () => {
  it('becomes a ticket, and the answer threads in the mail program of who wrote', async () => {
    const from = anna('anna');
    await desk.write({ ...from, messageId: 'q1@school.test', subject: 'Не открывается урок', text: 'Третий урок.' });
    const ticket = await desk.client.ticket('Не открывается урок', ({ state }) => state === 'open');
    expect(ticket.assignee?.name).toBe('Иван');
    const [acknowledgement] = await desk.sink.to(from.from);
    expect(acknowledgement).toMatchObject({
      headers: { 'auto-submitted': 'auto-replied', 'in-reply-to': '<q1@school.test>' },
      mail: {
        subject: expect.stringContaining('Не открывается урок'),
        text: expect.stringContaining(ticket.number),
      },
    });

    await desk.client.reply(ticket.id, 'Обновите **страницу**');
    const [, answer] = await desk.sink.to(from.from, 2);
    expect(answer).toMatchObject({
      headers: { 'in-reply-to': '<q1@school.test>', references: expect.stringContaining('<q1@school.test>') },
      mail: {
        from: { address: desk.address },
        subject: expect.stringContaining('Не открывается урок'),
        text: expect.stringContaining('Обновите'),
        html: expect.stringContaining('<strong>страницу</strong>'),
      },
    });
    expect(answer?.headers).not.toHaveProperty('auto-submitted');
    await desk.client.messages(ticket.id, (list) =>
      list.some(({ type, delivery }) => type === 'reply' && sent(delivery?.state)),
    );
  });

  it('goes on in the same ticket, which an answer of the requester opens again', async () => {
    const from = anna('boris');
    await desk.write({ ...from, messageId: 'r1@school.test', subject: 'Сертификат', text: 'Где он?' });
    const ticket = await desk.client.ticket('Сертификат', ({ state }) => state === 'open');
    await desk.client.reply(ticket.id, 'В личном кабинете.');
    const [, answer] = await desk.sink.to(from.from, 2);
    await desk.client.call('POST', `tickets/${ticket.id}/close`);
    const inReplyTo = (answer?.mail.messageId ?? '').slice(1, -1);
    // A mail program that lost the references, and a subject that somebody changed: our own Message-ID is enough.
    await desk.write({ ...from, messageId: 'r2@school.test', subject: 'Ещё вопрос', text: 'Не нашёл', inReplyTo });
    const messages = await desk.client.messages(ticket.id, (list) => list.at(-1)?.text.includes('Не нашёл') === true);
    expect(messages.filter(({ type }) => type === 'inbound')).toHaveLength(2);
    const reopened = await desk.client.ticket('Сертификат', ({ state }) => state === 'open');
    expect(reopened).toMatchObject({ id: ticket.id, assignee: { name: 'Иван' } });
  });

  it('carries files both ways', async () => {
    const from = anna('vera');
    const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7) % 256));
    const attachment = { name: 'снимок экрана.png', type: 'image/png', bytes };
    await desk.write({ ...from, messageId: 'f1@school.test', subject: 'Снимок', text: 'Во вложении', attachment });
    const ticket = await desk.client.ticket('Снимок');
    const [question] = await desk.client.messages(ticket.id, (list) => list.length > 0);
    const [file] = question?.attachments ?? [];
    expect(file).toMatchObject({ name: 'снимок экрана.png', bytes: 5000 });
    await expect(desk.client.download(ticket.id, file?.id ?? '')).resolves.toEqual(bytes);

    const upload = await desk.client.upload('инструкция.pdf', 'application/pdf', Buffer.from('%PDF-1.4 порядок'));
    await desk.client.reply(ticket.id, 'Прочтите, пожалуйста.', [upload]);
    const [, answer] = await desk.sink.to(from.from, 2);
    const [received] = answer?.mail.attachments ?? [];
    expect(received).toMatchObject({ filename: 'инструкция.pdf', mimeType: 'application/pdf' });
    expect(Buffer.from(received?.content as ArrayBuffer).toString()).toBe('%PDF-1.4 порядок');
  });

  it.each<Charset>(['utf-8', 'koi8-r', 'windows-1251'])('reads Cyrillic in %s', async (charset) => {
    const subject = `Пароль в кодировке ${charset}`;
    const text = 'Съешь же ещё этих мягких французских булок, да выпей чаю';
    const attachment = { name: 'расписание занятий.txt', type: 'text/plain', bytes: Buffer.from('1') };
    await desk.write({ ...anna(charset), messageId: `${charset}@x.test`, subject, text, charset, attachment });
    const ticket = await desk.client.ticket(subject);
    const [question] = await desk.client.messages(ticket.id, (list) => list.length > 0);
    expect(question?.text.trim()).toBe(text);
    expect(question?.attachments[0]?.name).toBe('расписание занятий.txt');
  });

  it('makes every mail one ticket, however many routers take them', async () => {
    const subjects = Array.from({ length: 60 }, (_, n) => `Письмо ${n}`);
    await Promise.all(
      subjects.map((subject, n) =>
        desk.write({ ...anna(`many${n % 20}`), messageId: `m${n}@x.test`, subject, text: 'Текст' }),
      ),
    );
    const tickets = await eventually(async () => {
      const { items } = await desk.client.call<{ items: ClientTicket[] }>('GET', 'tickets?limit=100&state=open');
      const found = items.filter(({ subject }) => subject.startsWith('Письмо'));
      return found.length >= 60 && found;
    });
    expect(tickets.map(({ subject }) => subject).sort()).toEqual(subjects.sort());
    expect(tickets.every(({ assignee }) => assignee !== null)).toBe(true);
    const entries = await desk.client.ledger();
    const fresh = entries.filter(({ fate }) => fate === 'ticket');
    expect(new Set(fresh.map(({ ticketId }) => ticketId)).size).toBe(fresh.length);
  });
});
