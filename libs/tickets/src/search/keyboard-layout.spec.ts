import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { otherLayout } from './keyboard-layout.js';

const latinKeys = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?';
const typedIn = (keys: string) => fc.string({ unit: fc.constantFrom(...keys), minLength: 1, maxLength: 30 });
const latinWord = typedIn(`${latinKeys}0123456789`).filter((text) => /[a-z]/i.test(text));
/** Letters of keys that have a sign in the Latin layout do not tell by themselves which layout is meant. */
const russianWord = typedIn('абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ0123456789').filter(
  (text) => /[а-яё]/i.test(text.replace(/[жэбюхъё]/gi, '')),
);

describe('otherLayout', () => {
  it.each([
    ['ghbdtn', 'привет'],
    ['Gfhjkm', 'Пароль'],
    ['k.,jq', 'любой'],
    ["'nj", 'это'],
    ['зфыыцщкв', 'password'],
    ['Мзт', 'Vpn'],
    ['шмфт"ьфшдюкг', 'ivan@mail.ru'],
    ['ntcn1042', 'тест1042'],
  ])('%s is %s', (typed, meant) => expect(otherLayout(typed)).toBe(meant));

  it.each(['', '1042', '+7 (495) 123-45-67', 'wi-fi сеть', '«»', '🙂'])('knows nothing better than %j', (text) =>
    expect(otherLayout(text)).toBeUndefined(),
  );

  it('gives back what it was made of, in both directions', () => {
    fc.assert(fc.property(russianWord, (word) => expect(otherLayout(otherLayout(word) ?? '')).toBe(word)));
    fc.assert(
      fc.property(latinWord, (word) => {
        const other = otherLayout(word) ?? '';
        expect(other).not.toBe(word);
        expect(otherLayout(other)).toBe(word);
      }),
    );
  });

  it('keeps the number of signs, digits, and whether a letter is a capital', () => {
    fc.assert(
      fc.property(russianWord, (word) => {
        const other = otherLayout(word) ?? '';
        expect(other).toHaveLength(word.length);
        expect(other.replace(/\D/g, '')).toBe(word.replace(/\D/g, ''));
      }),
    );
  });

  it('takes whatever people may type', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void otherLayout(text)));
  });
});
