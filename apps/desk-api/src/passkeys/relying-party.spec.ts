import { describe, expect, it } from '@jest/globals';
import { relyingParty } from './relying-party.js';

describe('relyingParty', () => {
  it.each([
    ['https://desk.example/path', { id: 'desk.example', origin: 'https://desk.example' }],
    ['https://desk.example:8443', { id: 'desk.example', origin: 'https://desk.example:8443' }],
    ['https://служба.рф', { id: 'xn--80abot3an.xn--p1ai', origin: 'https://xn--80abot3an.xn--p1ai' }],
    ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
    ['http://127.0.0.1:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
    ['http://[::1]:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
    ['http://desk.example', undefined],
    ['https://10.0.0.5', undefined],
    ['https://[2001:db8::5]', undefined],
  ])('of %s', (publicUrl, expected) => expect(relyingParty(publicUrl)).toEqual(expected));
});
