import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ownPath, signInPath } from './own-path.js';

describe('ownPath', () => {
  it.each([
    [undefined, '/'],
    ['', '/'],
    ['/', '/'],
    ['/tickets?state=open&q=%D0%B0#top', '/tickets?state=open&q=%D0%B0#top'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['https:evil.example', '/'],
    ['https://evil.example', '/'],
    ['javascript:alert(1)', '/'],
    ['/a\r\nSet-Cookie: x=1', '/'],
    ['/\t/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['tickets', '/'],
    [`/${'a'.repeat(1001)}`, '/'],
  ])('of %j is %s', (asked, expected) => expect(ownPath(asked)).toBe(expected));

  it('never leaves our origin', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      ':',
      '@',
      'evil.example',
      '%2f',
      '%5c',
      '?',
      '#',
      '\t',
      ' ',
      'a',
    );
    const path = fc.array(piece, { maxLength: 8 }).map((pieces) => `/${pieces.join('')}`);
    fc.assert(
      fc.property(path, (asked) => {
        expect(new URL(ownPath(asked), 'https://desk.example').origin).toBe('https://desk.example');
      }),
    );
  });
});

describe('signInPath', () => {
  it('writes its facts safely', () => {
    expect(signInPath({ problem: 'not_invited', back: '/a?b=c&d' })).toBe(
      '/sign-in?problem=not_invited&back=%2Fa%3Fb%3Dc%26d',
    );
  });
});
