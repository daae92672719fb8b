import { describe, expect, it } from '@jest/globals';
import { bearerToken, isForged, isSimpleForm, type Origins } from './credentials.js';

const own = ['https://desk.example'];
const request = (more: Partial<Origins> = {}): Origins => ({
  method: 'POST',
  origin: undefined,
  fetchSite: undefined,
  contentType: 'application/json',
  own,
  ...more,
});

describe('bearerToken', () => {
  it.each([
    [undefined, undefined],
    ['Bearer abc', 'abc'],
    ['bearer  abc ', 'abc'],
    ['Basic abc', ''],
    ['Bearer', ''],
    ['Bearer a b', ''],
    ['Bearer токен', ''],
  ])('%j gives %j', (header, token) => expect(bearerToken(header)).toBe(token));
});

describe('isForged', () => {
  it.each<[string, Partial<Origins>, boolean]>([
    ['a program without a browser', {}, false],
    ['our page', { origin: 'https://desk.example', fetchSite: 'same-origin' }, false],
    ['a foreign page', { origin: 'https://evil.example', fetchSite: 'cross-site' }, true],
    ['a foreign page in an old browser', { origin: 'https://evil.example' }, true],
    ['a sandboxed frame', { origin: 'null' }, true],
    ['a neighbour on our site', { fetchSite: 'same-site' }, true],
    ['our host by another scheme', { origin: 'http://desk.example' }, true],
    ['a link in a mail', { method: 'GET', fetchSite: 'cross-site' }, false],
    ['a foreign page that follows our events', { method: 'GET', origin: 'https://evil.example' }, true],
  ])('%s', (_, more, forged) => expect(isForged(request(more))).toBe(forged));
});

describe('isSimpleForm', () => {
  it.each<[string, Partial<Origins>, boolean]>([
    ['JSON', { contentType: 'Application/JSON; charset=utf-8' }, false],
    ['no body', { contentType: undefined }, false],
    ['text that a page can post unasked', { contentType: 'text/plain' }, true],
    ['a plain HTML form', { contentType: 'application/x-www-form-urlencoded' }, true],
    ['files from nowhere', { contentType: 'multipart/form-data; boundary=x' }, true],
    ['files from our page', { contentType: 'multipart/form-data; boundary=x', origin: own[0] as string }, false],
    ['reading', { method: 'GET', contentType: 'text/plain' }, false],
  ])('%s', (_, more, simple) => expect(isSimpleForm(request(more))).toBe(simple));
});
