import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { hasChromium } from '../support/chromium.js';
import { ConsoleDesk, kinds, type Locale } from './support/console-desk.js';
import { Keyboard } from './support/keyboard.js';

jest.setTimeout(90_000);

const words = {
  ru: { title: 'Записать звонок', known: /Звонит Олег/, logged: /Обращение № (\d+) записано/, text: 'О чём говорили' },
  en: { title: 'Log a call', known: /Eva calls/, logged: /Ticket № (\d+) is logged/, text: 'What it was about' },
} as const;

interface Card {
  readonly number: string;
  readonly state: string;
  readonly channel: string;
  readonly outcome: string | null;
  readonly kind: { readonly key: string } | null;
  readonly requester: { readonly name: string | null };
  readonly tasks: readonly { readonly note: string; readonly dueAt: string }[];
}

interface Call {
  readonly type: string;
  readonly text: string;
  readonly call?: { readonly startedAt: string; readonly endedAt: string; readonly direction: string };
}

(hasChromium ? describe : describe.skip)('logging a call', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  const items = async <Item>(path: string): Promise<readonly Item[]> =>
    (await desk.desk.call<{ items: readonly Item[] }>(desk.desk.program, 'GET', path)).body.items;
  const ticketOf = async (number: string): Promise<Card & { readonly id: string }> => {
    const [found] = await items<Card & { readonly id: string }>(`tickets?number=${number}`);
    return (await desk.desk.call<Card & { readonly id: string }>(desk.desk.program, 'GET', `tickets/${found?.id}`))
      .body;
  };
  const loggedNumber = async (page: Page, locale: Locale): Promise<string> => {
    const toast = page.getByText(words[locale].logged).last();
    return words[locale].logged.exec((await toast.textContent()) ?? '')?.[1] ?? '';
  };
  const talked = ({ call }: Call): number => Date.parse(call?.endedAt ?? '') - Date.parse(call?.startedAt ?? '');

  it.each<[Locale, string, string]>([
    ['ru', 'Олег', '89123450001'],
    ['en', 'Eva', '89123450002'],
  ])('%s: by keys alone, of a stranger and then of somebody known, under 20 s', async (locale, name, phone) => {
    const page = await desk.signedIn(locale, 'specialist', '/tickets');
    const say = words[locale];
    await page.locator('main h1').waitFor();

    const stranger = new Keyboard(page);
    await stranger.press('KeyC');
    await page.getByRole('heading', { name: say.title }).waitFor();
    await stranger.type(phone);
    await stranger.press('Tab');
    await stranger.type(name);
    await stranger.press('Tab');
    await stranger.press('Digit2');
    await stranger.type('no sound');
    await stranger.press('Control+Enter');
    const number = await loggedNumber(page, locale);
    // One is where one was.
    await page.waitForURL('**/tickets');
    const first = await ticketOf(number);
    expect(first).toMatchObject({ state: 'waiting', channel: 'phone', kind: { key: 'kind-2' }, requester: { name } });

    // From inside a field, too.
    await page.getByRole('combobox').first().focus();
    const known = new Keyboard(page);
    await known.press('Alt+KeyC');
    await known.type(phone);
    await page.getByText(say.known).waitFor();
    await known.press('Control+Digit1');
    await known.type('again');
    await known.press('Alt+KeyR');
    await known.press('Control+Shift+Enter');
    await page.waitForURL(`**/tickets/${first.id}`);
    await page.getByRole('article').filter({ hasText: 'again' }).waitFor();

    for (const [who, { strokes, seconds, typingSeconds }] of Object.entries({ stranger, known })) {
      process.stderr.write(
        `log a call, ${who}, ${locale}: ${strokes} keystrokes, ${seconds.toFixed(1)} s here, ${typingSeconds.toFixed(1)} s by hand\n`,
      );
      expect(typingSeconds).toBeLessThan(20);
    }
  });

  it('asks for what is missing, knows every kind, and takes its clock from people', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/call');
    await page.getByRole('textbox', { name: 'Телефон' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Укажите номер').waitFor();
    await page.keyboard.type('8 912 345');
    await page.getByText('Пока не похоже на номер').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Выберите вид обращения').waitFor();
    // The focus is on what is missing.
    await page.keyboard.press('Digit3');
    expect(await page.getByRole('radio', { name: kinds[2] ?? '' }).isChecked()).toBe(true);
    await page.getByRole('combobox', { name: 'Другие виды' }).click();
    await page.getByRole('option', { name: 'Пожелание' }).click();

    await page.getByLabel('О чём говорили').fill('Просит новый курс');
    await page.getByLabel('Сколько говорили').fill('4:30');
    await page.keyboard.press('Alt+KeyO');
    await page.keyboard.press('Alt+KeyB');
    await page.getByRole('button', { name: 'Завтра утром' }).click();
    await page.getByLabel('О чём напомнить').fill('ответить про курс');
    await page.keyboard.press('Control+Enter');
    // The desk, and nobody else, knows what a number is.
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Телефон' }).fill('8 912 345-00-09');
    await page.keyboard.press('Control+Enter');
    const { id, ...card } = await ticketOf(await loggedNumber(page, 'ru'));
    expect(card).toMatchObject({ kind: { key: 'kind-9' }, tasks: [{ note: 'ответить про курс' }] });
    expect(new Date(card.tasks[0]?.dueAt ?? 0).getTime()).toBeGreaterThan(Date.now());
    const [call] = await items<Call>(`tickets/${id}/messages`);
    expect(call).toMatchObject({ type: 'call', text: 'Просит новый курс', call: { direction: 'out' } });
    expect(call && talked(call)).toBe(270_000);
  });

  it('closes what was resolved on the call', async () => {
    const page = await desk.signedIn('ru', 'supervisor', '/call');
    await page.getByRole('textbox', { name: 'Телефон' }).fill('101');
    await page.getByText('Внутренний номер 101').waitFor();
    await page.keyboard.press('Alt+KeyR');
    await page.getByLabel('Что сделано').fill('Сброшен пароль');
    await page.getByText(kinds[0] ?? '').click();
    await page.keyboard.press('Control+Enter');
    expect(await ticketOf(await loggedNumber(page, 'ru'))).toMatchObject({
      state: 'closed',
      outcome: 'Сброшен пароль',
    });
  });

  it('outlives a reload and a crash of the tab, and is thrown away when one wants it', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/call');
    await page.getByRole('textbox', { name: 'Телефон' }).fill('89123450003');
    await page.getByLabel('О чём говорили').fill('Написано до сбоя');
    await page.reload();
    expect(await page.getByLabel('О чём говорили').inputValue()).toBe('Написано до сбоя');

    // The tab dies; the browser lives.
    const died = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await died;
    const again = await page.context().newPage();
    await again.goto(`${desk.url}/call`);
    await again.locator('textarea', { hasText: 'Написано до сбоя' }).waitFor();
    expect(await again.getByRole('textbox', { name: 'Телефон' }).inputValue()).toBe('89123450003');

    await again.keyboard.press('Control+KeyK');
    await again.getByRole('combobox', { name: 'Что сделать' }).waitFor();
    await again.keyboard.type('очистить');
    await again.keyboard.press('Enter');
    expect(await again.getByRole('textbox', { name: 'Телефон' }).inputValue()).toBe('');
    await again.reload();
    expect(await again.getByRole('textbox', { name: 'Телефон' }).inputValue()).toBe('');
  });

  it('puts a call by while there is no line, says so, and logs it once when the line is back', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/tickets');
    await page.getByRole('link', { name: 'Записать звонок' }).waitFor();
    // The form is loaded before it is needed.
    const loaded = `performance.getEntriesByType('resource').filter(({ name }) => /call-screen.*js|kinds$/.test(name)).length`;
    await eventually(async () => (await page.evaluate(loaded)) === 2 || undefined);
    await desk.line.cut();
    await page.getByText('Нет связи с сервером').waitFor();
    await page.keyboard.press('KeyC');
    await page.getByRole('textbox', { name: 'Телефон' }).fill('89123450004');
    await page.getByText('Узнать, кто звонит, не удалось').waitFor();
    await page.getByLabel('О чём говорили').fill('Записано без связи');
    await page.getByText(kinds[3] ?? '').click();
    await page.keyboard.press('Control+Enter');
    await page.getByText('1 звонок ждёт сети').waitFor();
    // Nobody signs out over it, and it outlives the page.
    await page.getByRole('button', { name: 'Борис Громов' }).click();
    await page.getByRole('menuitem', { name: 'Выйти' }).click();
    await page.getByText('Не все звонки записаны').waitFor();

    await desk.line.mend();
    await page.getByText(words.ru.logged).waitFor({ timeout: 30_000 });
    await page.getByText('1 звонок ждёт сети').waitFor({ state: 'detached' });
    const number = await loggedNumber(page, 'ru');
    const { id } = await ticketOf(number);
    const calls = await items<Call>(`tickets/${id}/messages`);
    expect(calls.map(({ text }) => text)).toEqual(['Записано без связи']);
  });

  it('says what the desk did not take, and lets it be corrected', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/call');
    await page.getByRole('textbox', { name: 'Телефон' }).fill('8912');
    await page.getByRole('textbox', { name: 'Телефон' }).fill('89123');
    await page.getByRole('textbox', { name: 'Телефон' }).fill('8912345000');
    await page.getByLabel('О чём говорили').fill('Не хватает цифры');
    await page.getByText(kinds[0] ?? '').click();
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '1 звонок не записан: нужна правка' }).click();
    await page.getByRole('textbox', { name: 'Телефон' }).fill('89123450005');
    await page.keyboard.press('Control+Enter');
    await ticketOf(await loggedNumber(page, 'ru'));
    expect(await page.getByText('нужна правка').count()).toBe(0);
  });

  it('is not for a director', async () => {
    const page = await desk.signedIn('ru', 'director', '/call');
    await page.getByText('Недостаточно прав').waitFor();
    await page.keyboard.press('KeyC');
    expect(await page.getByRole('textbox', { name: 'Телефон' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Записать звонок' }).count()).toBe(0);
  });

  it('breaks nothing on the way', () => expect(desk.faults).toEqual([]));
});
