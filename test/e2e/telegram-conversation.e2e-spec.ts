import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { TelegramDesk } from '../support/telegram-desk.js';

jest.setTimeout(90_000);

let desk: TelegramDesk;
beforeAll(async () => {
  desk = await TelegramDesk.start();
});
afterAll(() => desk?.close());

let lastChat = 1000;
let lastTicket = 0;
/** A person whom the desk does not know yet. */
const aPerson = (): number => ++lastChat;
const newTicket = async () => (await desk.tickets(++lastTicket)).at(-1)!;

describe('a conversation in Telegram', () => {
  it('becomes a ticket, and the answer comes back to the question', async () => {
    const chat = aPerson();
    const [question] = desk.telegram.userSends({ chat, text: 'Не открывается третий урок' });
    const ticket = await newTicket();
    const [acknowledgement] = await desk.telegram.received(chat, 1);
    expect(acknowledgement?.text).toContain(ticket.number);
    // Work is given out beside the acknowledgement, not before it.
    const given = await eventually(async () => {
      const found = (await desk.tickets(lastTicket)).at(-1);
      return found?.state === 'open' ? found : undefined;
    });
    expect(given).toMatchObject({ assignee: { name: 'Анна' } });

    await desk.call('POST', `tickets/${ticket.id}/replies`, { text: 'Обновите **страницу**' });
    const [, answer] = await desk.telegram.received(chat, 2);
    expect(answer).toMatchObject({ text: 'Обновите страницу', replyTo: question, entities: [{ type: 'bold' }] });
    await desk.messages(ticket.id, (list) =>
      list.some(({ type, delivery }) => type === 'reply' && delivery?.state === 'sent'),
    );

    desk.telegram.userSends({ chat, text: 'Помогло, спасибо' });
    const messages = await desk.messages(ticket.id, (list) => list.length >= 4);
    expect(messages.at(-1)).toMatchObject({ type: 'inbound', text: 'Помогло, спасибо' });
  });

  it('keeps several open tickets apart by the message that is answered', async () => {
    const chat = aPerson();
    const [first] = desk.telegram.userSends({ chat, text: 'Нет доступа к библиотеке' });
    const library = await newTicket();
    desk.telegram.userSends({ chat, text: '/new Принтер дымит' });
    const printer = await newTicket();
    await desk.call('POST', `tickets/${library.id}/replies`, { text: 'Доступ открыт' });
    const answers = await desk.telegram.received(chat, 3);
    const answer = answers.find(({ text }) => text === 'Доступ открыт');
    await desk.messages(library.id, (list) =>
      list.some(({ type, delivery }) => type === 'reply' && delivery?.state === 'sent'),
    );

    desk.telegram.userSends({ chat, text: 'Выключил из розетки' });
    desk.telegram.userSends({ chat, text: 'Открывается!', replyTo: answer!.messageId });
    desk.telegram.userSends({ chat, text: 'И ещё книга', replyTo: first! });
    const ofLibrary = await desk.messages(
      library.id,
      (list) => list.filter(({ type }) => type === 'inbound').length === 3,
    );
    const ofPrinter = await desk.messages(
      printer.id,
      (list) => list.filter(({ type }) => type === 'inbound').length === 2,
    );
    const texts = (list: typeof ofLibrary) => list.filter(({ type }) => type === 'inbound').map(({ text }) => text);
    expect(texts(ofLibrary)).toEqual(['Нет доступа к библиотеке', 'Открывается!', 'И ещё книга']);
    expect(texts(ofPrinter)).toEqual(['Принтер дымит', 'Выключил из розетки']);
  });

  it('answers /start, /status and /new without a ticket', async () => {
    const chat = aPerson();
    desk.telegram.userSends({ chat, text: '/start' });
    const [hello] = await desk.telegram.received(chat, 1);
    expect(hello?.text).toContain('/status');
    desk.telegram.userSends({ chat, text: 'Забыл пароль' });
    const ticket = await newTicket();
    await desk.telegram.received(chat, 2);
    desk.telegram.userSends({ chat, text: '/status' });
    expect((await desk.telegram.received(chat, 3)).at(-1)?.text).toContain(ticket.number);
    desk.telegram.userSends({ chat, text: '/new' });
    await desk.telegram.received(chat, 4);
    desk.telegram.userSends({ chat, text: 'Не слышно звук' });
    expect((await newTicket()).number).not.toBe(ticket.number);
  });

  it('keeps an edited message as a new version', async () => {
    const chat = aPerson();
    const [id] = desk.telegram.userSends({ chat, text: 'Урок 3' });
    const ticket = await newTicket();
    desk.telegram.userSends({ chat, edit: id!, text: 'Урок 4' });
    const [message] = await desk.messages(ticket.id, ([first]) => first?.version === 2);
    expect(message).toMatchObject({ text: 'Урок 4', editedAt: expect.any(String) });
  });

  it('asks in English whoever uses Telegram in English', async () => {
    const chat = aPerson();
    desk.telegram.userSends({ chat, text: '/start', language: 'en' });
    expect((await desk.telegram.received(chat, 1))[0]?.text).toContain('Hello');
  });
});

describe('files in Telegram', () => {
  const photo = Buffer.from([0xff, 0xd8, 0xff, 7]);

  it.each([
    ['a photo', { photo: { bytes: photo } }, photo],
    [
      'a document',
      { document: { bytes: Buffer.from('отчёт'), name: 'отчёт.txt', mime: 'text/plain' } },
      Buffer.from('отчёт'),
    ],
    ['a voice message', { voice: { bytes: Buffer.from('OggS'), mime: 'audio/ogg' } }, Buffer.from('OggS')],
  ])('%s comes to the ticket with its bytes', async (_, content, bytes) => {
    const chat = aPerson();
    desk.telegram.userSends({ chat, caption: 'вот', ...content });
    const ticket = await newTicket();
    const [message] = await desk.messages(ticket.id, (list) => list.length > 0);
    expect(message?.attachments).toHaveLength(1);
    expect(await desk.download(ticket.id, message!.attachments[0]!.id)).toEqual(bytes);
  });

  it('an album is one message with all its photos', async () => {
    const chat = aPerson();
    desk.telegram.userSends({
      chat,
      caption: 'три экрана',
      album: [{ bytes: photo }, { bytes: photo }, { bytes: photo }],
    });
    const ticket = await newTicket();
    const messages = await desk.messages(ticket.id, ([first]) => first?.attachments.length === 3);
    expect(messages.filter(({ type }) => type === 'inbound')).toMatchObject([{ text: 'три экрана' }]);
  });

  it('says of a file that is too large why it is missing', async () => {
    const chat = aPerson();
    desk.telegram.userSends({ chat, document: { bytes: photo, name: 'a.iso', claimedSize: 21 * 1024 * 1024 } });
    const ticket = await newTicket();
    const [message] = await desk.messages(ticket.id, (list) => list.length > 0);
    expect(message?.attachments).toMatchObject([{ name: 'a.iso', missing: 'too-large' }]);
  });

  it('a photo and a file go out with the answer', async () => {
    const chat = aPerson();
    desk.telegram.userSends({ chat, text: 'пришлите бланк' });
    const ticket = await newTicket();
    await desk.telegram.received(chat, 1);
    const attachments = [
      await desk.upload('схема.jpg', 'image/jpeg', photo),
      await desk.upload('бланк.pdf', 'application/pdf', Buffer.from('%PDF-1.7')),
    ].map((upload) => ({ upload }));
    await desk.call('POST', `tickets/${ticket.id}/replies`, { text: 'Вот', attachments });
    const sent = await desk.telegram.received(chat, 4);
    expect(sent.slice(1).map(({ method, file, text }) => [method, file?.name ?? text])).toEqual([
      ['sendMessage', 'Вот'],
      ['sendPhoto', 'схема.jpg'],
      ['sendDocument', 'бланк.pdf'],
    ]);
  });
});
