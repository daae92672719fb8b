import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TelegramDesk } from '../support/telegram-desk.js';

jest.setTimeout(90_000);

let desk: TelegramDesk;
beforeAll(async () => {
  desk = await TelegramDesk.start();
});
afterAll(() => desk?.close());

let lastChat = 2000;
let lastTicket = 0;
async function aTicket() {
  const chat = ++lastChat;
  desk.telegram.userSends({ chat, text: 'Помогите' });
  const ticket = (await desk.tickets(++lastTicket)).at(-1)!;
  await desk.telegram.received(chat, 1);
  return { chat, id: ticket.id };
}
const reply = (id: string, text: string): Promise<unknown> => desk.call('POST', `tickets/${id}/replies`, { text });
const delivered = async (id: string, state: string) => {
  const list = await desk.messages(id, (all) =>
    all.some(({ type, delivery }) => type === 'reply' && delivery?.state === state),
  );
  return list.find(({ type }) => type === 'reply')?.delivery;
};

describe('an answer by Telegram', () => {
  it('comes in its parts when it is longer than 4096', async () => {
    const { chat, id } = await aTicket();
    const text = Array.from({ length: 900 }, (_, index) => `строка ${String(index).padStart(3, '0')}`).join('\n');
    await reply(id, text);
    const sent = await desk.telegram.received(chat, 4, 20_000);
    expect(
      sent
        .slice(1)
        .map((part) => part.text)
        .join('\n'),
    ).toBe(text);
    await delivered(id, 'sent');
  });

  it('waits when Telegram asks for it, and is sent once', async () => {
    const { chat, id } = await aTicket();
    desk.telegram.fail({ status: 429, retryAfter: 2 });
    await reply(id, 'Подождите');
    await desk.telegram.received(chat, 2, 30_000);
    await delivered(id, 'sent');
    expect(desk.telegram.accepted.filter(({ text }) => text === 'Подождите')).toHaveLength(1);
  });

  it('is shown as failed, with the reason, to a person who blocked the bot', async () => {
    const { chat, id } = await aTicket();
    desk.telegram.chats.userBlocks(chat);
    await reply(id, 'Вы здесь?');
    expect(await delivered(id, 'failed')).toMatchObject({ reasonCode: 'blocked' });
  });

  it('is left to a person when nobody knows whether it arrived', async () => {
    const { id } = await aTicket();
    desk.telegram.fail('drop-after', { method: /sendMessage/ });
    await reply(id, 'Дошло?');
    await delivered(id, 'unknown');
    expect(desk.telegram.accepted.filter(({ text }) => text === 'Дошло?')).toHaveLength(1);
  });
});
