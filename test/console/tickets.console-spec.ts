import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hasChromium } from '../support/chromium.js';
import { ConsoleDesk } from './support/console-desk.js';

jest.setTimeout(60_000);

const problem = {
  status: 500,
  contentType: 'application/problem+json',
  headers: { 'x-request-id': 'r-17' },
  body: JSON.stringify({ type: 'x', title: 'Внутренняя ошибка', status: 500, code: 'internal_error' }),
};

(hasChromium ? describe : describe.skip)('the list of tickets', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  it('says which of three kinds of empty it is, in both languages', async () => {
    for (const [locale, nothing, filtered, reset, done] of [
      ['ru', 'Обращений ещё не было', 'Под этот фильтр ничего не подходит', 'Сбросить фильтр', 'Здесь всё разобрано'],
      ['en', 'There were no tickets yet', 'Nothing matches this filter', 'Reset the filter', 'All done here'],
    ] as const) {
      const page = await desk.signedIn(locale, 'specialist', '/tickets?state=closed');
      await page.getByText(filtered).waitFor();
      await page.getByRole('button', { name: reset }).last().click();
      await page.getByText(nothing).waitFor();
      await page.goto(`${desk.url}/tickets?state=waiting`);
      await page.getByText(done).waitFor();
      await page.context().close();
    }
  });

  it('keeps its filter in the address and moves no row by itself', async () => {
    const first = await desk.request('Анна', 'Самое первое');
    const page = await desk.signedIn('ru', 'supervisor', '/tickets');
    await page.getByRole('button', { name: 'Ждёт' }).click();
    expect(new URL(page.url()).search).toBe('?state=waiting');
    await page.getByRole('link', { name: first.number }).waitFor();

    const second = await desk.request('Вера', 'Второе');
    await page.getByRole('button', { name: '1 новое' }).waitFor();
    expect(await page.getByRole('link', { name: second.number }).count()).toBe(0);
    await page.keyboard.press('Period');
    await page.getByRole('link', { name: second.number }).waitFor();
    await page.goBack();
    expect(new URL(page.url()).search).toBe('');
  });

  it('tells a failure in words with the id of the request, and tries again', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/tickets?state=closed');
    await page.route('**/api/v1/tickets?*', (route) => route.fulfill(problem));
    await page.goto(`${desk.url}/tickets?state=waiting`);
    const alert = page.getByRole('alert').filter({ hasText: 'Внутренняя ошибка' });
    await alert.getByText('r-17').waitFor();
    // The rest of the screen goes on working.
    expect(await page.getByRole('link', { name: 'Все открытые' }).isVisible()).toBe(true);
    await page.unroute('**/api/v1/tickets?*');
    await alert.getByRole('button', { name: 'Повторить' }).click();
    await page.getByRole('list', { name: 'Список обращений' }).waitFor();
  });

  it('finds commands from everywhere, typed in the wrong layout too, and shows every key', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/tickets');
    await page.keyboard.press('Control+KeyK');
    await page.getByRole('combobox', { name: 'Что сделать' }).waitFor();
    await page.keyboard.type('pfrhsns');
    await page.getByRole('option', { name: 'Закрытые' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tickets?state=closed');

    await page.keyboard.press('Shift+Slash');
    const sheet = page.getByRole('dialog');
    await sheet.getByText('G (П)').first().waitFor();
    await page.keyboard.press('KeyG');
    await page.keyboard.press('KeyU');
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?state=closed');
    await page.keyboard.press('KeyG');
    await page.keyboard.press('KeyU');
    await page.waitForURL('**/tickets?state=waiting');
  });

  it('says that the line is lost, keeps what was loaded and written, and makes up for what was missed', async () => {
    const { id } = await desk.request('Глеб', 'До обрыва');
    const page = await desk.signedIn('ru', 'specialist', `/tickets/${id}`);
    const list = await page.context().newPage();
    await list.goto(`${desk.url}/tickets?state=waiting`);
    await list.getByText('До обрыва').waitFor();
    await page.getByRole('heading', { name: 'До обрыва' }).waitFor();

    await desk.line.cut();
    await page.getByText('Нет связи с сервером').waitFor();
    await list.getByText('Нет связи с сервером').waitFor();
    await page.getByLabel('Текст ответа').fill('Написано без связи');
    await page.keyboard.press('Control+Enter');
    expect(await page.getByLabel('Текст ответа').inputValue()).toBe('Написано без связи');
    const missed = await desk.request('Зоя', 'Во время обрыва');

    await desk.line.mend();
    await page.getByText('Нет связи с сервером').waitFor({ state: 'detached', timeout: 30_000 });
    await list.getByRole('button', { name: '1 новое' }).click();
    await list.getByRole('link', { name: missed.number }).waitFor();
    await page.getByLabel('Текст ответа').focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('Ответ принят к отправке').waitFor();
  });

  it('breaks nothing on the way', () => expect(desk.faults).toEqual([]));
});
