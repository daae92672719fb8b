import { describe, expect, it } from '@jest/globals';
import { allowedMethods } from './allowed-methods.js';

const routes = [
  { method: 'GET', url: '/tickets' },
  { method: 'POST', url: '/tickets' },
  { method: 'GET', url: '/tickets/:id' },
  { method: 'PATCH', url: '/tickets/:id' },
  { method: 'GET', url: '/board/*' },
  { method: 'GET', url: '/a.b' },
];

describe('allowedMethods', () => {
  it.each([
    ['/tickets', ['GET', 'POST']],
    ['/tickets/', ['GET', 'POST']],
    ['/tickets/7', ['GET', 'PATCH']],
    ['/tickets/7/notes', []],
    ['/board/css/x.css', ['GET']],
    ['/aXb', []],
    ['/', []],
  ])('knows what %s has', (path, methods) => expect(allowedMethods(routes, path)).toEqual(methods));
});
