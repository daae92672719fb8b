import { describe, expect, it } from '@jest/globals';
import { hasOneHost } from './has-one-host.js';

describe('hasOneHost', () => {
  it.each([
    [['Host', 'a', 'X', 'b'], true],
    [['host', 'a', 'HOST', 'b'], false],
    [['Host', 'a', 'host', 'a'], false],
    [['X', 'host', 'Y', 'host'], true],
    [[], true],
  ])('of %j is %p', (rawHeaders, one) => expect(hasOneHost(rawHeaders)).toBe(one));
});
