import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { aBrowser, hasChromium } from '../../support/chromium.js';
import { freePort } from '../../support/free-port.js';
import { aDesk, emailOf, password, type TestDesk } from './support/desk.js';
import { giveMailbox, mailsTo } from './support/mailbox.js';

jest.setTimeout(90_000);

(hasChromium ? describe : describe.skip)('in a browser', () => {
  let desk: TestDesk;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    const port = String(await freePort());
    url = `http://localhost:${port}`;
    desk = await aDesk({ PORT: port, PUBLIC_URL: `http://127.0.0.1:${port}` });
    await giveMailbox(desk);
    browser = await aBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  /** A page of the desk; everything that it asks of others is written down. */
  async function visit(path: string, context: BrowserContext): Promise<{ page: Page; foreign: string[] }> {
    const page = await context.newPage();
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(url)) foreign.push(request.url());
    });
    // Refusals are expected; what the policy of the page stops is not.
    page.on('console', (message) => {
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isRefusal) foreign.push(message.text());
    });
    await page.goto(url + path);
    return { page, foreign };
  }

  /** What a page of ours would do; the policy of the page forbids scripts as texts, so it runs beside it. */
  const send = (page: Page, path: string, body: object): Promise<{ status: number; body: Record<string, unknown> }> =>
    page.evaluate(
      async ([to, given]) => {
        const answer = await fetch(to as string, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(given),
        });
        return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
      },
      [path, body],
    );

  /** The options through the browser's own ceremony, its answer as JSON. */
  const ceremony = (page: Page, kind: 'create' | 'get', options: object): Promise<object> =>
    page.evaluate(
      async ([which, given]) => {
        // The types of this TypeScript know neither of them.
        const world = globalThis as unknown as {
          PublicKeyCredential: Record<string, (json: unknown) => unknown>;
          navigator: { credentials: Record<string, (asked: object) => Promise<{ toJSON(): object }>> };
        };
        const parse = which === 'create' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON';
        const publicKey = world.PublicKeyCredential[parse]?.(given);
        const credential = await world.navigator.credentials[which as string]?.({ publicKey });
        return credential?.toJSON() ?? {};
      },
      [kind, options],
    );

  it('a passkey of the browser’s own authenticator is made and signs in', async () => {
    const context = await browser.newContext();
    const { page, foreign } = await visit('/password', context);
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const body = { email: emailOf('specialist'), password };
    expect((await send(page, '/api/v1/session', body)).status).toBe(201);
    const asked = await send(page, '/api/v1/me/passkeys/options', { password });
    const made = await ceremony(page, 'create', asked.body);
    const added = await send(page, '/api/v1/me/passkeys', { credential: made });
    expect([added.status, added.body.name]).toEqual([201, expect.stringContaining('Chrome')]);

    await context.clearCookies();
    expect((await send(page, '/api/v1/me/passkeys/options', { password })).status).toBe(401);
    for (let time = 0; time < 2; time++) {
      const wanted = await send(page, '/api/v1/session/passkey/options', {});
      const shown = await ceremony(page, 'get', wanted.body);
      const signedIn = await send(page, '/api/v1/session/passkey', { credential: shown });
      expect([signedIn.status, signedIn.body.email]).toEqual([201, emailOf('specialist')]);
    }
    expect(foreign).toEqual([]);
    await context.close();
  });

  it('the page of a password link sets the password, hides its token and loads nothing from elsewhere', async () => {
    const body = { email: 'new@school.test', name: '<img src=x onerror=alert(1)>', role: 'specialist', invite: true };
    await desk.call('POST', '/api/v1/people', { cookie: await desk.signIn('administrator'), body });
    const [mail] = await mailsTo(desk, body.email);
    const context = await browser.newContext({ locale: 'ru-RU' });
    const { page, foreign } = await visit(`/password#${mail?.token}`, context);
    page.on('dialog', () => foreign.push('a dialog'));
    await page.locator('form').waitFor();
    expect(page.url()).toBe(`${url}/password`);
    expect(await page.locator('[name=email]').inputValue()).toBe(body.email);
    await page.locator('[name=password]').fill('passwordpassword');
    await page.locator('button').click();
    await page.locator('[role=status]', { hasText: 'угадать' }).waitFor();
    await page.locator('[name=password]').fill('a wooden spoon');
    await page.locator('button').click();
    await page.locator('[role=status]', { hasText: 'Готово' }).waitFor();
    expect(
      (await desk.call('POST', '/api/v1/session', { body: { email: body.email, password: 'a wooden spoon' } })).status,
    ).toBe(201);

    await page.goto(`${url}/`);
    await page.goto(`${url}/password#${mail?.token}`);
    await page.locator('[role=status]', { hasText: 'уже использована' }).waitFor();
    expect(await page.locator('form').isVisible()).toBe(false);
    expect(foreign).toEqual([]);
    await context.close();
  });
});
