import { describe, expect, it } from '@jest/globals';
import { keepSecrets, secretMask, secretPaths } from './keep-secrets.js';

const full = { name: 'Desk', receive: { type: 'imap', host: 'a', password: 'p' }, token: 't' };
const open = { name: 'Desk', receive: { type: 'imap', host: 'a' } };

describe('keepSecrets', () => {
  it.each<[string, Record<string, unknown>, unknown]>([
    ['keeps what was left out', open, full],
    [
      'keeps what came back masked',
      { ...open, token: secretMask, receive: { ...full.receive, password: secretMask } },
      full,
    ],
    ['takes a new value', { ...open, token: 'new' }, { ...full, token: 'new' }],
    ['takes one away', { ...open, token: null }, { name: 'Desk', receive: full.receive }],
    [
      'forgets secrets of another type',
      { ...open, receive: { type: 'smtp', port: 25 } },
      { ...full, receive: { type: 'smtp', port: 25 } },
    ],
    ['drops a part that is gone, with its secrets', { name: 'Desk' }, { name: 'Desk', token: 't' }],
  ])('%s', (_, given, kept) => expect(keepSecrets(given, full, open)).toEqual(kept));
});

describe('secretPaths', () => {
  it('tells places, never values', () => expect(secretPaths(full, open)).toEqual(['receive.password', 'token']));
});
