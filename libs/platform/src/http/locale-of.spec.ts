import { describe, expect, it } from '@jest/globals';
import { localeOf } from './locale-of.js';

describe('localeOf', () => {
  it.each([
    [undefined, 'ru'],
    ['', 'ru'],
    ['*', 'ru'],
    ['de', 'ru'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['ru-RU, en;q=0.9', 'ru'],
    ['en;q=0.4, ru;q=0.6', 'ru'],
    ['ru;q=0, en;q=0.1', 'en'],
    ['english', 'ru'],
    ['en;q=x', 'en'],
    [`${'x,'.repeat(5000)}en`, 'ru'],
  ])('answers %p in %s', (header, locale) => expect(localeOf(header)).toBe(locale));
});
