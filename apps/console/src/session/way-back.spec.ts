import { describe, expect, it } from '@jest/globals';
import { wayBack } from './way-back.js';

describe('wayBack', () => {
  it.each([
    ['/tickets?state=waiting', '/tickets?state=waiting'],
    [undefined, '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/\n/evil.example', '/'],
    ['/sign-in?back=/x', '/'],
  ])('%s leads to %s', (asked, way) => expect(wayBack(asked)).toBe(way));
});
