import { describe, expect, it } from '@jest/globals';
import { cachingOf } from './caching-of.js';
import { isNavigation } from './is-navigation.js';

describe('isNavigation', () => {
  const asking = { method: 'GET', path: '/tickets/7', accept: 'text/html,*/*;q=0.8', destination: 'document' };

  it.each([
    [{}, true],
    [{ destination: undefined }, true],
    [{ method: 'HEAD' }, true],
    [{ path: '/apiary' }, true],
    [{ method: 'POST' }, false],
    [{ destination: 'script' }, false],
    [{ accept: '*/*' }, false],
    [{ accept: undefined }, false],
    [{ path: '/api/v1/nothing' }, false],
    [{ path: '/api' }, false],
    [{ path: '/assets/old-1a2b3c4d.js' }, false],
    [{ path: '/hooks/telegram/1' }, false],
  ])('%j: %s', (more, is) => expect(isNavigation({ ...asking, ...more })).toBe(is));
});

describe('cachingOf', () => {
  it.each([
    ['index-DK3f_-9a.js', 'public, max-age=31536000, immutable'],
    ['inter-latin-wght-normal-Dx4kXJAl.woff2', 'public, max-age=31536000, immutable'],
    ['color-scheme.js', 'public, max-age=3600'],
    ['favicon.svg', 'public, max-age=3600'],
  ])('%s: %s', (name, caching) => expect(cachingOf(name)).toBe(caching));
});
