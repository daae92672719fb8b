import { describe, expect, it } from '@jest/globals';
import { mailPlaces } from './mail-places.js';
import { emailSettings } from './settings.js';

const places = (settings: object) =>
  mailPlaces(emailSettings.parse(settings)).map(({ side, host, port }) => `${side} ${host}:${port}`);

describe('mailPlaces', () => {
  const oauth2 = { refreshToken: 'r', clientId: 'c', tokenUrl: 'https://auth.example/token' };
  it.each([
    [{}, []],
    [{ receive: { type: 'smtp', port: 2500 }, send: { type: 'folder', path: '/tmp/x' } }, []],
    [
      {
        receive: { type: 'imap', host: 'imap.example', port: 993, user: 'u', password: 'p' },
        send: { type: 'smtp', host: 'smtp.example', port: 465 },
      },
      ['receive imap.example:993', 'send smtp.example:465'],
    ],
    [
      { receive: { type: 'imap', host: 'imap.example', port: 993, user: 'u', oauth2 } },
      ['receive imap.example:993', 'receive auth.example:443'],
    ],
  ])('of %j are %j', (settings, expected) => expect(places(settings)).toEqual(expected));
});
