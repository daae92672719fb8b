import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { rows } from '#libs/database';
import { TelegramDesk } from '../support/telegram-desk.js';

jest.setTimeout(90_000);

const secret = 'a-webhook-secret-of-32-characters';
let desk: TelegramDesk;
beforeAll(async () => {
  desk = await TelegramDesk.start({ mode: 'webhook', webhookSecret: secret });
});
afterAll(() => desk?.close());

const post = (headers: Record<string, string>, update: object, method = 'POST'): Promise<Response> =>
  fetch(`${desk.api}/hooks/telegram/main`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method === 'POST' && { body: JSON.stringify(update) }),
  });
const forged = {
  update_id: 1,
  message: { message_id: 1, date: 1, chat: { id: 7, type: 'private' }, from: { id: 7 }, text: 'x' },
};
const header = 'x-telegram-bot-api-secret-token';
const stored = async () =>
  (await rows<{ key: string }>(desk.database.db, 'select external_key as key from inbox order by id')).map(
    ({ key }) => key,
  );

/** Announces ten megabytes and sends few of them: the answer must not wait for the rest. */
async function statusOfLarge(): Promise<number | undefined> {
  const headers = { 'content-type': 'application/json', 'content-length': 10 * 1024 * 1024, [header]: secret };
  const call = request(`${desk.api}/hooks/telegram/main`, { method: 'POST', headers });
  call.on('error', () => {});
  call.write('{"update_id":');
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  call.destroy();
  return response.statusCode;
}

describe('Telegram’s webhook', () => {
  it('turns a call of Telegram into a ticket, and answers', async () => {
    desk.telegram.userSends({ chat: 42, text: 'Здравствуйте' });
    const [ticket] = await desk.tickets(1);
    await desk.telegram.received(42, 1);
    await desk.call('POST', `tickets/${ticket!.id}/replies`, { text: 'Слушаю' });
    expect((await desk.telegram.received(42, 2)).at(-1)?.text).toBe('Слушаю');
  });

  it('stores an update that comes twice once', async () => {
    const [key] = await stored();
    const again = { ...forged, update_id: Number(key) };
    expect((await post({ [header]: secret }, again)).status).toBe(200);
    expect((await stored()).filter((one) => one === key)).toHaveLength(1);
  });

  it.each([
    ['no secret', {}],
    ['a wrong secret', { [header]: 'guessed' }],
    ['an empty secret', { [header]: '' }],
  ])('believes nobody with %s', async (_, headers) => {
    const before = await stored();
    const response = await post(headers as Record<string, string>, forged);
    expect([401, 403]).toContain(response.status);
    expect(await response.text()).not.toContain(secret);
    expect(await stored()).toEqual(before);
  });

  it('takes no other method, no other body, no unknown bot', async () => {
    expect((await post({ [header]: secret }, {}, 'GET')).status).toBe(405);
    const garbage = await fetch(`${desk.api}/hooks/telegram/main`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [header]: secret },
      body: '{"update_id":',
    });
    expect(garbage.status).toBe(400);
    const nobody = await fetch(`${desk.api}/hooks/telegram/nobody`, { method: 'POST', headers: { [header]: secret } });
    expect(nobody.status).toBeGreaterThanOrEqual(400);
    expect(await statusOfLarge()).toBe(413);
  });
});
