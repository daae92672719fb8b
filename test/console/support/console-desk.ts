import { createHmac } from 'node:crypto';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { rows } from '#libs/database';
import { BreakableProxy } from '../../support/breakable-proxy.js';
import { DeskRoles } from '../../support/desk-roles.js';
import { aBrowser } from '../../support/chromium.js';

export const password = 'wooden spoon in a river';
const secret = 'secret of the learning platform';

export type Locale = 'ru' | 'en';
export type Role = 'administrator' | 'supervisor' | 'specialist' | 'director';

/** The names of everybody who works at this desk, by role. */
export const names: Readonly<Record<Role, string>> = {
  administrator: 'Ада Орлова',
  supervisor: 'Анна Белова',
  specialist: 'Борис Громов',
  director: 'Дарья Ким',
};

/** More kinds of request than there are digits. */
export const kinds: readonly string[] = [
  'Доступ: регистрация, логин и пароль',
  'Учебные материалы',
  'Электронная библиотека',
  'Сайт центра',
  'Программы и оборудование',
  'Индивидуальная консультация',
  'Расписание',
  'Документы об обучении',
  'Пожелание',
  'Другое',
];

interface SentRequest {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly messages: readonly { readonly from: string; readonly text: string }[];
}

/**
 * A desk with its built console and a browser in front of it. Requests come by the form, so that a reply arrives at
 * once; no router gives them to anybody, so that they wait until somebody takes them.
 */
export class ConsoleDesk {
  private readonly pages: Page[] = [];
  /** What went wrong in the pages: errors that nobody caught, and whatever the policy of the page stopped. */
  readonly faults: string[] = [];

  private constructor(
    readonly desk: DeskRoles,
    readonly line: BreakableProxy,
    private readonly browser: Browser,
  ) {}

  static async start(): Promise<ConsoleDesk> {
    const desk = await DeskRoles.start(['desk-api']);
    const line = await BreakableProxy.start({ host: '127.0.0.1', port: desk.port });
    const own = new ConsoleDesk(desk, line, await aBrowser());
    const settings = { token: { type: 'hmac', secret } };
    await desk.call(desk.program, 'POST', 'accounts', { channel: 'form', name: 'lms', settings });
    for (const [role, name] of Object.entries(names)) await own.hire(role as Role, name);
    await rows(
      desk.database.db,
      `insert into kind (key, title, position) select 'kind-' || n, jsonb_build_object('ru', title, 'en', 'Kind ' || n), n
       from unnest($1::text[]) with ordinality as one(title, n)`,
      [kinds],
    );
    return own;
  }

  get url(): string {
    return `http://127.0.0.1:${this.line.port}`;
  }

  /** A student sends the form; each is known by a name of their own. */
  async request(name: string, text: string): Promise<SentRequest> {
    const { body } = await this.desk.call<SentRequest>(tokenOf(name), 'POST', 'forms/lms/requests', { text });
    return body;
  }

  /** The request as its sender sees it. */
  async asSeenBy(name: string, id: string): Promise<SentRequest> {
    return (await this.desk.call<SentRequest>(tokenOf(name), 'GET', `forms/lms/requests/${id}`)).body;
  }

  /** A browser of somebody's own, at the front page. */
  async visit(locale: Locale, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: locale === 'ru' ? 'ru-RU' : 'en-GB',
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(10_000);
    // Chosen at this browser before, which goes before what the person's profile says.
    const chosen = JSON.stringify(JSON.stringify({ locale }));
    await context.addInitScript(`localStorage['desk.preferences'] ??= ${chosen}`);
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => this.faults.push(message));
    page.on('console', (line) => /Content Security Policy|Trusted/.test(line.text()) && this.faults.push(line.text()));
    this.pages.push(page);
    await page.goto(this.url + path);
    return page;
  }

  /** The same, signed in by the form. */
  async signedIn(locale: Locale, role: Role, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.visit(locale, path, options);
    await page.locator('input[type=email]').fill(emailOf(role));
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.keyboard.press('Enter');
    await page.locator('#main').waitFor();
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.line.cut();
    await this.desk.close();
  }

  private async hire(role: Role, name: string): Promise<void> {
    const { desk } = this;
    const person = { email: emailOf(role), name, role, password };
    const { id } = (await desk.call<{ id: string }>(desk.program, 'POST', 'people', person)).body;
    if (role === 'administrator' || role === 'director') return;
    const queues = (await desk.call<{ items: { id: string }[] }>(desk.program, 'GET', 'queues')).body.items;
    await desk.call(desk.program, 'PUT', `specialists/${id}/queues`, { queueIds: queues.map((queue) => queue.id) });
    await desk.call(desk.program, 'PUT', `specialists/${id}/capacity`, { capacity: 100 });
    await desk.call(desk.program, 'PUT', `specialists/${id}/presence`, { presence: 'on' });
  }
}

export const emailOf = (role: Role): string => `${role}@desk.test`;

/** The token that the learning platform gives its user. */
function tokenOf(name: string): Record<string, string> {
  const exp = Math.floor(Date.now() / 1_000) + 600;
  const body = Buffer.from(JSON.stringify({ sub: name, name, exp })).toString('base64url');
  const signature = createHmac('sha256', secret).update(body).digest('base64url');
  return { authorization: `Bearer ${body}.${signature}` };
}
