import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { emailSettings } from './settings.js';

const imap = { type: 'imap', host: 'imap.test', port: 993, user: 'help' };

describe('emailSettings', () => {
  it('takes an account with what it needs and fills in the rest', () => {
    expect(emailSettings.parse({ receive: { ...imap, password: 'x' } })).toEqual({
      name: '',
      plusAddressing: false,
      aliases: [],
      receive: { ...imap, password: 'x', tls: 'tls', mailboxes: ['INBOX'] },
    });
  });

  it.each([
    ['no password and no token', { receive: imap }],
    ['a refresh token that can not be used', { receive: { ...imap, oauth2: { refreshToken: 'x' } } }],
    ['a port that is none', { receive: { ...imap, password: 'x', port: 70_000 } }],
    ['a kind of receiving that is none', { receive: { type: 'pop3' } }],
    ['a user without a password', { send: { type: 'smtp', host: 'h', port: 25, user: 'u' } }],
    ['an alias that is no address', { aliases: ['x'] }],
  ])('refuses %s', (_, input) => expect(emailSettings.safeParse(input).success).toBe(false));

  it.each([
    { receive: { type: 'lmtp', port: 24 } },
    { send: { type: 'smtp', host: 'h', port: 25, tls: 'none' } },
    { send: { type: 'folder', path: '/tmp/x' } },
    { receive: { ...imap, oauth2: { accessToken: 't' } } },
    { receive: { ...imap, oauth2: { refreshToken: 't', clientId: 'c', tokenUrl: 'https://x.test/token' } } },
    {},
  ])('takes %j', (input) => expect(emailSettings.safeParse(input).success).toBe(true));

  it('marks everything that must stay sealed', () => {
    const schema = JSON.stringify(z.toJSONSchema(emailSettings, { io: 'input' }));
    const sealed = [...schema.matchAll(/"(\w+)":\{"type":"string"[^{}]*"secret":true/g)].map((match) => match[1]);
    expect(new Set(sealed)).toEqual(new Set(['password', 'accessToken', 'refreshToken', 'clientSecret']));
  });
});
