import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { hasChromium } from '../support/chromium.js';
import { ConsoleDesk, emailOf, type Locale, names, password } from './support/console-desk.js';

jest.setTimeout(90_000);

const words = {
  ru: { title: 'Табло', waiting: 'Ждут исполнителя', now: 'Сейчас', people: 'Люди', channels: 'Каналы', form: 'Форма' },
  en: {
    title: 'Wallboard',
    waiting: 'Waiting for somebody',
    now: 'Now',
    people: 'People',
    channels: 'Channels',
    form: 'Form',
  },
} as const;

interface Card {
  readonly state: string;
  readonly version: number;
  readonly assignee: { readonly name: string } | null;
}

(hasChromium ? describe : describe.skip)('the wallboard', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  const program = <Body>(method: string, path: string, body?: unknown, headers = {}) =>
    desk.desk.call<Body>(desk.desk.program, method, path, body, headers).then((answer) => answer.body);
  const card = (id: string): Promise<Card> => program('GET', `tickets/${id}`);
  const rowOf = (page: Page, number: string): Locator => page.getByRole('listitem').filter({ hasText: `№ ${number} ` });
  const worker = (page: Page, name: string): Locator =>
    page.getByRole('region', { name: words.ru.people }).getByRole('listitem').filter({ hasText: name });
  const specialistId = async (name: string): Promise<string> => {
    const { items } = await program<{ items: { id: string; name: string }[] }>('GET', 'specialists');
    return items.find((one) => one.name === name)?.id ?? '';
  };

  it.each<Locale>(['ru', 'en'])(
    '%s: shows what waits and who works, live, and leads to what it counts',
    async (locale) => {
      const say = words[locale];
      const before = await desk.request('Олег', `До табло, ${locale}`);
      const page = await desk.signedIn(locale, 'supervisor', '/tickets');
      await page.locator('main h1').waitFor();
      await page.keyboard.press('KeyG');
      await page.keyboard.press('KeyW');
      await page.getByRole('heading', { name: say.title }).waitFor();
      await rowOf(page, before.number).waitFor();
      const tile = page.getByRole('list', { name: say.now }).getByRole('listitem').first().getByRole('strong');
      const waiting = Number(await tile.textContent());

      const next = await desk.request('Ирина', `Во время табло, ${locale}`);
      await rowOf(page, next.number).waitFor();
      await expectText(tile, String(waiting + 1));
      await page.getByRole('table', { name: say.channels }).getByRole('row').last().getByRole('link').first().click();
      await page.waitForURL('**/tickets?channel=form&state=waiting');
      await page.getByRole('link', { name: next.number }).waitFor();
      await page.getByRole('button', { name: say.form }).click();
      await page.waitForURL('**/tickets?state=waiting');
    },
  );

  it('gives tickets to people by menu, by key and by hand, and takes them from one to another', async () => {
    const [one, two, three] = await Promise.all(
      ['Один', 'Два', 'Три'].map((text) => desk.request(text, `Раздать ${text}`)),
    );
    if (!one || !two || !three) throw new Error('No requests');
    const page = await desk.signedIn('ru', 'supervisor', '/wallboard');
    await rowOf(page, one.number)
      .getByRole('button', { name: /^Назначить/ })
      .click();
    await page.getByRole('menuitem', { name: names.specialist }).click();
    await page.getByText(`№ ${one.number}: теперь ${names.specialist}`).waitFor();
    expect((await card(one.id)).assignee?.name).toBe(names.specialist);
    await rowOf(page, one.number).waitFor({ state: 'detached' });

    await rowOf(page, two.number).getByRole('link').focus();
    await page.keyboard.press('KeyA');
    // Seen while it still fades in: keys are its own from the moment at which it has the focus.
    await page.locator('[role=menu]:focus-within').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText(`№ ${two.number}: теперь`).waitFor();

    await rowOf(page, three.number).dragTo(worker(page, names.supervisor));
    await page.getByText(`№ ${three.number}: теперь ${names.supervisor}`).waitFor();

    await worker(page, names.supervisor).getByRole('button', { name: names.supervisor }).first().click();
    await rowOf(page, three.number).dragTo(worker(page, names.specialist));
    await page.getByText(`№ ${three.number}: теперь ${names.specialist}`).waitFor();
    expect(await card(three.id)).toMatchObject({ state: 'open', assignee: { name: names.specialist } });
  });

  it('tells what came and what was closed, drawn and as a table', async () => {
    const { id } = await desk.request('Инна', 'Уже закрыто');
    await program('POST', `tickets/${id}/close`, {});
    const page = await desk.signedIn('ru', 'director', '/wallboard');
    const trend = page.getByRole('region', { name: 'Последние два часа' });
    await trend.locator('canvas').waitFor();
    await trend.getByText('Таблицей').click();
    const counts = await trend.getByRole('cell').allTextContents();
    const numbers = counts.map((text) => Number(/^\d+/.exec(text)?.[0]));
    expect(numbers).toHaveLength(18);
    expect(numbers.filter((_, index) => index % 2 === 1).reduce((sum, closed) => sum + closed)).toBe(1);
  });

  it('overwrites nothing that changed meanwhile, and says so', async () => {
    const { id, number } = await desk.request('Павел', 'Спорное');
    const page = await desk.signedIn('ru', 'supervisor', '/wallboard');
    await rowOf(page, number).waitFor();
    // The line of this page alone is slow: the board shows what is no more.
    await page.route('**/api/v1/tickets?*', (route) => route.abort());
    const { version } = await card(id);
    await program('PATCH', `tickets/${id}`, { subject: 'Уже другое' }, { 'if-match': `"${version}"` });
    await rowOf(page, number)
      .getByRole('button', { name: /^Назначить/ })
      .click();
    await page.getByRole('menuitem', { name: names.specialist }).click();
    await page.getByText(`Обращение № ${number} только что изменили`).waitFor();
    expect((await card(id)).assignee).toBeNull();
  });

  it('says for people whether and how much they work, and asks before giving to who is not there', async () => {
    const { id, number } = await desk.request('Глеб', 'Кому отдать');
    const page = await desk.signedIn('ru', 'supervisor', '/wallboard');
    await page.getByRole('button', { name: `${names.specialist}: присутствие` }).click();
    const form = page.getByRole('dialog');
    await form.getByText('перерыв').click();
    await form.getByLabel('Сколько обращений сразу').fill('50');
    await page.keyboard.press('Enter');
    await page.getByText('Сохранено').waitFor();
    await worker(page, names.specialist).getByText('из 50').waitFor();
    await worker(page, names.specialist).getByText('перерыв').waitFor();

    await rowOf(page, number)
      .getByRole('button', { name: /^Назначить/ })
      .click();
    await page.getByRole('menuitem', { name: names.specialist }).click();
    const doubt = page.getByRole('dialog', { name: 'Специалиста сейчас нет на месте' });
    await doubt.getByRole('button', { name: 'Не отдавать' }).click();
    expect((await card(id)).assignee).toBeNull();
    await rowOf(page, number)
      .getByRole('button', { name: /^Назначить/ })
      .click();
    await page.getByRole('menuitem', { name: names.specialist }).click();
    await doubt.getByRole('button', { name: 'Всё равно отдать' }).click();
    await page.getByText(`№ ${number}: теперь ${names.specialist}`).waitFor();

    // Nobody has room for more than there is.
    await program('PUT', `specialists/${await specialistId(names.specialist)}/capacity`, { capacity: 1 });
    await worker(page, names.specialist).getByText('из 1').waitFor();
    await program('PUT', `specialists/${await specialistId(names.specialist)}/capacity`, { capacity: 100 });
    await program('PUT', `specialists/${await specialistId(names.specialist)}/presence`, { presence: 'on' });
  });

  it.each(['specialist', 'director'] as const)('shows a %s everything and lets them change nothing', async (role) => {
    const { number } = await desk.request('Зоя', `Для ${role}`);
    const page = await desk.signedIn('ru', role, '/wallboard');
    await rowOf(page, number).waitFor();
    expect(await page.getByRole('button', { name: /Назначить|присутствие/ }).count()).toBe(0);
    expect(await rowOf(page, number).getAttribute('draggable')).toBe('false');
  });

  it('on the wall: dark, without a frame; says how old it is, and recovers by itself', async () => {
    const tv = await desk.signedIn('ru', 'supervisor', '/wallboard?tv=1', { colorScheme: 'light' });
    await tv.getByText('Данные на').waitFor();
    await tv.locator('html[data-mantine-color-scheme=dark]').waitFor();
    expect(await tv.getByRole('navigation').count()).toBe(0);

    await desk.line.cut();
    await tv.getByText(/Данные на .*, прош/).waitFor({ timeout: 20_000 });
    await tv.locator('[data-age=old]').first().waitFor();
    const missed = await desk.request('Юрий', 'Во время обрыва');
    expect(missed.number).toBeTruthy();
    await desk.line.mend();
    await tv.locator('[data-age=old]').first().waitFor({ state: 'detached', timeout: 30_000 });

    await tv.keyboard.press('Escape');
    await tv.getByRole('navigation').waitFor();
    await tv.locator('html[data-mantine-color-scheme=light]').waitFor();
  });

  it('greys what is long out of date', async () => {
    const page = await desk.visit('ru', '/sign-in');
    await page.clock.install();
    await page.goto(`${desk.url}/sign-in?back=%2Fwallboard`);
    await page.locator('input[type=email]').fill(emailOf('supervisor'));
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.keyboard.press('Enter');
    await page.getByText('Данные на').waitFor();
    await desk.line.cut();
    await page.getByText('Нет связи с сервером').waitFor();
    await page.clock.fastForward(70_000);
    await page.locator('[data-age=stale]').first().waitFor();
    await desk.line.mend();
    await page.locator('[data-age=stale]').first().waitFor({ state: 'detached', timeout: 30_000 });
  });

  it('opens itself anew on the wall when the desk serves another build', async () => {
    const tv = await desk.signedIn('ru', 'supervisor', '/wallboard?tv=1');
    await tv.getByText('Данные на').waitFor();
    await tv.evaluate('globalThis.isOld = true');
    const body = '<script type="module" crossorigin src="/assets/index-NEW.js"></script>';
    await tv.route(
      ({ pathname }) => pathname === '/',
      (route) => route.fulfill({ contentType: 'text/html', body }),
      { times: 1 },
    );
    await desk.line.cut();
    await tv.locator('[data-age=old]').first().waitFor({ timeout: 20_000 });
    const reloaded = tv.waitForEvent('load', { timeout: 40_000 });
    await desk.line.mend();
    await reloaded;
    expect(await tv.evaluate('globalThis.isOld')).toBeUndefined();
    await tv.getByText('Данные на').waitFor();
  });

  it('tells a failure in words and tries again; tells a desk without anybody that it is one', async () => {
    const page = await desk.signedIn('ru', 'supervisor', '/tickets');
    const problem = { type: 'x', title: 'Внутренняя ошибка', status: 500, code: 'internal_error' };
    await page.route('**/queues/load', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
    );
    await page.goto(`${desk.url}/wallboard`);
    await page.getByRole('alert').filter({ hasText: 'Внутренняя ошибка' }).waitFor();
    await page.unroute('**/queues/load');
    const empty = {
      at: new Date(),
      waiting: 0,
      assigned: 0,
      oldestAgeSeconds: null,
      queues: [],
      channels: [],
      specialists: [],
    };
    await page.route('**/queues/load', (route) => route.fulfill({ json: empty }));
    await page.getByRole('button', { name: 'Повторить' }).click();
    await page.getByText('Показывать пока нечего').waitFor();
  });

  it('breaks nothing on the way', () => expect(desk.faults).toEqual([]));
});

/** Waits until a place says it. */
async function expectText(place: Locator, text: string): Promise<void> {
  await place.filter({ hasText: new RegExp(`^${text}$`) }).waitFor();
}
