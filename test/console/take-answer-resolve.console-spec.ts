import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { hasChromium } from '../support/chromium.js';
import { ConsoleDesk, type Locale } from './support/console-desk.js';

jest.setTimeout(60_000);

const words = {
  ru: {
    reply: 'Текст ответа',
    note: 'Текст заметки',
    taken: 'Обращение теперь ваше',
    sent: 'Ответ принят к отправке',
    noted: 'Заметка добавлена',
    closed: 'Обращение закрыто',
    isClosed: 'Закрыто',
  },
  en: {
    reply: 'Text of the reply',
    note: 'Text of the note',
    taken: 'The ticket is yours now',
    sent: 'The reply is on its way',
    noted: 'The note is added',
    closed: 'The ticket is closed',
    isClosed: 'Closed',
  },
} as const;

/** Presses a key as a keyboard with the Russian layout does: the place is the same, the letter is not. */
const pressRussian = (page: Page, code: string, key: string): Promise<unknown> =>
  page.evaluate(
    `document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { code: '${code}', key: '${key}', bubbles: true, cancelable: true }))`,
  );

(hasChromium ? describe : describe.skip)('take, answer, resolve', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  it.each<[Locale, string]>([
    ['ru', 'Олег'],
    ['en', 'Eva'],
  ])('%s: by keys alone, and the requester reads the answer', async (locale, name) => {
    const { id, number } = await desk.request(name, `Не открывается лекция, ${name}`);
    const page = await desk.signedIn(locale, 'specialist', '/tickets?state=waiting');
    const say = words[locale];
    await page.getByRole('link', { name: number }).waitFor();

    await page.keyboard.press('KeyJ');
    await page.keyboard.press('Enter');
    await page.getByText(`Не открывается лекция, ${name}`).nth(1).waitFor();
    await page.keyboard.press('KeyI');
    await page.getByText(say.taken).waitFor();

    await page.keyboard.press('KeyN');
    await page.keyboard.type('только между нами');
    await page.keyboard.press('Control+Enter');
    await page.getByText(say.noted).waitFor();
    expect(await page.getByLabel(say.note).inputValue()).toBe('');

    await page.getByLabel(say.note).blur();
    await page.keyboard.press('KeyR');
    await page.keyboard.type('Уже открывается');
    expect(await page.getByLabel(say.reply).inputValue()).toBe('Уже открывается');
    await page.keyboard.press('Control+Enter');
    await page.getByText(say.sent).waitFor();
    await page.getByRole('article').filter({ hasText: 'Уже открывается' }).waitFor();

    await page.getByLabel(say.reply).blur();
    await page.keyboard.press('KeyE');
    await page.getByText(say.closed).waitFor();
    await page.locator('header').getByText(say.isClosed).waitFor();

    const seen = await desk.asSeenBy(name, id);
    expect(seen.state).toBe('closed');
    expect(seen.messages.map(({ text }) => text)).toContain('Уже открывается');
    expect(JSON.stringify(seen)).not.toContain('только между нами');
  });

  it('works by the same keys in the Russian layout, and by none while one types', async () => {
    const { number } = await desk.request('Ирина', 'Клавиши');
    const page = await desk.signedIn('ru', 'specialist', '/tickets?state=waiting');
    await page.getByRole('link', { name: number }).waitFor();
    await pressRussian(page, 'KeyJ', 'о');
    await pressRussian(page, 'KeyO', 'щ');
    await page.getByRole('heading', { name: 'Клавиши' }).waitFor();
    await pressRussian(page, 'KeyR', 'к');
    await page.keyboard.type('reine Ieee');
    expect(await page.getByLabel('Текст ответа').inputValue()).toBe('reine Ieee');
    expect(await page.getByText(words.ru.taken).count()).toBe(0);

    // What was written and not sent is there after a reload.
    await page.reload();
    await page.getByRole('heading', { name: 'Клавиши' }).waitFor();
    expect(await page.getByLabel('Текст ответа').inputValue()).toBe('reine Ieee');
  });

  it('stops a reply that was written before a newer message came, and shows everybody what happened', async () => {
    const { id } = await desk.request('Павел', 'Первое сообщение');
    const page = await desk.signedIn('ru', 'supervisor', `/tickets/${id}`);
    const other = await desk.signedIn('ru', 'specialist', `/tickets/${id}`);
    await page.getByLabel('Текст ответа').fill('Ответ');
    await other.getByLabel('Текст ответа').fill('Чужой ответ');
    // The line of this page alone is slow: the newer message is there, and not on the screen.
    await page.route('**/messages?*', (route) => route.abort());
    await other.keyboard.press('Control+Enter');
    await other.getByText('Ответ принят к отправке').waitFor();

    await page.keyboard.press('Control+Enter');
    await page.getByText('Пока вы писали, пришло новое сообщение').waitFor();
    expect(await page.getByLabel('Текст ответа').inputValue()).toBe('Ответ');
    await page.unroute('**/messages?*');
    await page.getByRole('button', { name: 'Всё равно отправить' }).click();
    // Nobody reloads: the stream tells the other one.
    await other.getByRole('article').filter({ hasText: 'Анна Белова' }).waitFor();
  });

  it('lets a director read the ticket and change nothing', async () => {
    const { id } = await desk.request('Юрий', 'Для директора');
    const page = await desk.signedIn('ru', 'director', `/tickets/${id}`);
    await page.getByRole('heading', { name: 'Для директора' }).waitFor();
    expect(await page.getByRole('button', { name: 'Взять себе' }).count()).toBe(0);
    expect(await page.getByLabel('Текст ответа').count()).toBe(0);
  });

  it('breaks nothing on the way', () => expect(desk.faults).toEqual([]));
});
