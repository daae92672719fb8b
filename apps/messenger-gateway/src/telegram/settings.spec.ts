import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { telegramSettings } from './settings.js';

const token = `123456:${'A'.repeat(35)}`;

describe('telegramSettings', () => {
  it('needs a token and nothing else', () => {
    expect(telegramSettings.parse({ token })).toEqual({ token, apiRoot: 'https://api.telegram.org', mode: 'polling' });
  });

  it.each([
    ['no token', {}, 'token'],
    ['a token cut short', { token: '123456:AAA' }, 'token'],
    ['an address that is none', { token, apiRoot: 'api.telegram.org' }, 'apiRoot'],
    ['a proxy of an unknown kind', { token, proxy: 'ftp://proxy:21' }, 'proxy'],
    ['a mode that is none', { token, mode: 'push' }, 'mode'],
    ['a webhook without a secret', { token, mode: 'webhook' }, 'webhookSecret'],
    [
      'a secret that Telegram does not take',
      { token, mode: 'webhook', webhookSecret: 'with spaces in it' },
      'webhookSecret',
    ],
    ['a secret that can be guessed', { token, mode: 'webhook', webhookSecret: 'short' }, 'webhookSecret'],
  ])('refuses %s', (_, settings, path) => {
    expect(telegramSettings.safeParse(settings).error?.issues.map((issue) => issue.path[0])).toEqual([path]);
  });

  it('announces that a webhook needs a secret, so that the API refuses it at once', () => {
    const announced = z.fromJSONSchema(
      z.toJSONSchema(telegramSettings, { io: 'input' }) as Parameters<typeof z.fromJSONSchema>[0],
    );
    const webhook = { token, mode: 'webhook' };
    const secret = 'a'.repeat(32);
    const taken = [{ token }, { token, mode: 'polling' }, { token, webhookSecret: secret }].map(
      (settings) => announced.safeParse(settings).success,
    );
    expect(taken).toEqual([true, true, true]);
    expect(announced.safeParse(webhook).success).toBe(false);
    expect(announced.safeParse({ ...webhook, webhookSecret: secret }).success).toBe(true);
  });

  it.each(['http://user:pass@proxy:3128', 'https://proxy', 'socks4://proxy', 'socks5://user:pass@proxy:1080'])(
    'takes the proxy %s',
    (proxy) => {
      expect(telegramSettings.parse({ token, proxy }).proxy).toBe(proxy);
    },
  );
});
