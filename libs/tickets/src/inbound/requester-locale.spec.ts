import { describe, expect, it } from '@jest/globals';
import { requesterLocale } from './requester-locale.js';

describe('requesterLocale', () => {
  it.each([
    ['what the sender’s program says', { locale: 'en' as const }, 'Не могу войти', 'en'],
    ['Russian for Cyrillic letters', {}, 'Не могу войти в Moodle', 'ru'],
    ['English for Latin letters', {}, 'Cannot sign in', 'en'],
    ['Russian where nothing is written', {}, ' 123 …', 'ru'],
  ])('is %s', (_name, more, text, locale) =>
    expect(requesterLocale({ sender: { addresses: [], ...more }, subject: '', text })).toBe(locale),
  );
});
