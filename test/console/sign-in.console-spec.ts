import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { hasChromium } from '../support/chromium.js';
import { ConsoleDesk, emailOf, names, password, type Role } from './support/console-desk.js';

jest.setTimeout(60_000);

const words = {
  ru: { title: 'Вход', email: 'Электронная почта', password: 'Пароль', in: 'Войти', out: 'Выйти', work: 'Обращения' },
  en: { title: 'Sign in', email: 'E-mail', password: 'Password', in: 'Sign in', out: 'Sign out', work: 'Tickets' },
} as const;
const wrong = { ru: /не подходят/, en: /do not match/ } as const;

(hasChromium ? describe : describe.skip)('signing in', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  it.each(['ru', 'en'] as const)('%s: leads where one wanted to go, by keys alone, and out again', async (locale) => {
    const page = await desk.visit(locale, '/tickets?state=closed');
    const say = words[locale];
    await page.getByRole('heading', { name: say.title }).waitFor();
    expect(await page.title()).toBe(`${say.title} · Switchboard`);

    // The first field has the focus.
    await page.keyboard.type(emailOf('specialist'));
    await page.keyboard.press('Tab');
    await page.keyboard.type('not the password');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('alert').textContent()).toMatch(wrong[locale]);

    await page.getByLabel(say.password, { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: say.work }).waitFor();
    expect(new URL(page.url()).search).toBe('?state=closed');

    await page.getByRole('button', { name: names.specialist }).click();
    await page.getByRole('menuitem', { name: say.out }).click();
    await page.getByRole('heading', { name: say.title }).waitFor();
    await page.goto(`${desk.url}/tickets`);
    await page.getByRole('heading', { name: say.title }).waitFor();
  });

  it('speaks the language that one chooses, and goes on speaking it', async () => {
    const page = await desk.signedIn('ru', 'specialist');
    await page.getByRole('button', { name: names.specialist }).click();
    await page.getByRole('menuitemradio', { name: 'Английский' }).click();
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Tickets' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: names.specialist }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await page.getByRole('menuitemradio', { name: 'Dense' }).click();
    await page.locator('html[data-density=compact]').waitFor();
  });

  it.each<[Role, boolean]>([
    ['administrator', true],
    ['director', false],
  ])('shows a %s what the role may see', async (role, hasWork) => {
    const page = await desk.signedIn('ru', role);
    await page.getByRole('link', { name: 'Все открытые' }).waitFor();
    expect(await page.getByRole('link', { name: 'Моя работа' }).count()).toBe(hasWork ? 1 : 0);
  });

  it('leads to the sign-in page when the session ends, and says why', async () => {
    const page = await desk.signedIn('ru', 'specialist', '/tickets');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Закрыто' }).click();
    await page.getByText('Сеанс закончился').waitFor();
    expect(new URL(page.url()).pathname).toBe('/sign-in');
  });

  it('runs nothing that somebody slipped into the page', async () => {
    const page = await desk.visit('ru');
    const violated = page.evaluate(`new Promise((seen) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen(effectiveDirective));
      const script = document.createElement('script');
      script.append('globalThis.ran = true');
      document.body.append(script);
    })`);
    expect(await violated).toMatch(/script-src|trusted-types/);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    desk.faults.length = 0;
  });

  it('serves the page to people only, and files that never change for ever', async () => {
    const asPerson = { headers: { accept: 'text/html' } };
    const page = await (await fetch(`${desk.url}/tickets/7`, asPerson)).text();
    const [, script = ''] = /src="(\/assets\/index-[^"]+\.js)"/.exec(page) ?? [];
    const answer = await fetch(desk.url + script);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect((await fetch(`${desk.url}/api/v1/nothing`, asPerson)).status).toBe(404);
    expect((await fetch(`${desk.url}/tickets/7`)).status).toBe(404);
    expect((await fetch(`${desk.url}/assets/..%2findex.html`)).status).toBe(404);
    expect((await fetch(`${desk.url}/tickets/7`, { method: 'POST' })).status).toBe(404);
  });

  it('breaks nothing on the way', () => expect(desk.faults).toEqual([]));
});
