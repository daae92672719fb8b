import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { hasChromium } from '../support/chromium.js';
import { ConsoleDesk } from './support/console-desk.js';

jest.setTimeout(120_000);

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds on a page, one line an element. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source}; undefined`);
  const run = `axe.run({ runOnly: ${JSON.stringify(standards)} }).then(({ violations }) => violations)`;
  const found = (await page.evaluate(run)) as Violation[];
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const sizes = { desktop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };

(hasChromium ? describe : describe.skip)('axe finds nothing', () => {
  let desk: ConsoleDesk;
  let ticket = '';
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
    ticket = (await desk.request('Олег Сергеевич', `Не открывается лекция\n\n${'Длинный текст. '.repeat(40)}`)).id;
    await desk.request('Ирина', 'Нет доступа к библиотеке');
    const call = { phone: '89123456789', name: 'Ирина', direction: 'in', text: 'Звонила утром' };
    await desk.desk.call(desk.desk.program, 'POST', 'calls', call);
  });
  afterAll(() => desk.close());

  const layers: Readonly<Record<string, (page: Page) => Promise<void>>> = {
    list: (page) => page.getByRole('list', { name: 'Список обращений' }).waitFor(),
    palette: async (page) => {
      await page.keyboard.press('Control+KeyK');
      await page.getByRole('listbox').waitFor();
    },
    keys: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Shift+Slash');
      await page.getByRole('dialog').getByText('Клавиши').first().waitFor();
    },
    ticket: async (page) => {
      await page.goto(`${desk.url}/tickets/${ticket}`);
      await page.getByRole('article').first().waitFor();
      await page.getByLabel('Текст ответа').fill('Проверьте ещё раз');
    },
    note: (page) => page.getByRole('button', { name: 'Внутренняя заметка' }).click(),
    person: async (page) => {
      const openSide = page.getByRole('button', { name: 'Показать разделы' });
      if (await openSide.isVisible()) await openSide.click();
      await page.getByRole('button', { name: 'Анна Белова' }).click();
      await page.getByRole('menu').waitFor();
    },
    call: async (page) => {
      await page.goto(`${desk.url}/call`);
      await page.getByRole('radio').first().waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByText('Выберите вид обращения').waitFor();
    },
    'known caller': async (page) => {
      await page.getByRole('textbox', { name: 'Телефон' }).fill('8 912 345-67-89');
      await page.getByRole('button', { name: 'Звонила утром' }).click();
      await page.keyboard.press('Alt+KeyR');
      await page.keyboard.press('Alt+KeyB');
      await page.getByText('Звонок был раньше').click();
      await page.getByLabel('Когда звонили').waitFor();
    },
    wallboard: async (page) => {
      await page.goto(`${desk.url}/wallboard`);
      await page.getByText('Таблицей').click();
      await page
        .getByRole('button', { name: /^Назначить исполнителя/ })
        .first()
        .click();
      await page.getByRole('menu').waitFor();
    },
    specialist: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Борис Громов: присутствие' }).click();
      await page.getByRole('dialog').waitFor();
    },
    television: async (page) => {
      await page.goto(`${desk.url}/wallboard?tv=1`);
      await page.getByText('Дольше всех').first().waitFor();
    },
    empty: async (page) => {
      await page.goto(`${desk.url}/tickets?state=closed`);
      await page.getByText('Под этот фильтр ничего не подходит').waitFor();
    },
    lost: async (page) => {
      await page.goto(`${desk.url}/no/such/page`);
      await page.getByText('Такой страницы нет').waitFor();
    },
  };

  const cases = (['light', 'dark'] as const).flatMap((scheme) =>
    (['desktop', 'phone'] as const).map((size) => [scheme, size] as const),
  );

  it.each(cases)('in %s on a %s', async (colorScheme, size) => {
    const options = { colorScheme, viewport: sizes[size] };
    const page = await desk.visit('ru', '/', options);
    await page.getByRole('heading', { name: 'Вход' }).waitFor();
    const found: Record<string, string[]> = { 'sign-in': await violations(page) };
    await page.context().close();

    const inside = await desk.signedIn('ru', 'supervisor', '/tickets', options);
    for (const [name, open] of Object.entries(layers)) {
      await open(inside);
      found[name] = await violations(inside);
      const isCut = await inside.evaluate('document.documentElement.scrollWidth > innerWidth');
      if (isCut) found[name].push('wider than the window');
    }
    expect(Object.fromEntries(Object.entries(found).filter(([, lines]) => lines.length > 0))).toEqual({});
  });
});
