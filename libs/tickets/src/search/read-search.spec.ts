import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readSearch } from './read-search.js';

const read = (typed: string) => readSearch(typed, 'RU');
const lexemesOf = (typed: string): string[] =>
  read(typed).words.flatMap(({ lexemes }) => lexemes.map(({ text, prefix }) => (prefix ? `${text}*` : text)));
const readingsOf = (typed: string) => read(typed).words.map(({ readings }) => readings);

describe('readSearch', () => {
  it.each([
    ['1042', '1042'],
    ['№1042', '1042'],
    ['№ 1 042', '1042'],
    ['#1042', '1042'],
    ['N1042', '1042'],
    ['No. 1042', '1042'],
    ['номер 1042', '1042'],
    ['обращение 1042', '1042'],
    ['ticket #001042', '1042'],
    ['Re: [№1042] Не могу войти', '1042'],
    ['Re: [#7] x', '7'],
    ['1042 ', '1042'],
  ])('takes %j as the number %s', (typed, number) => expect(read(typed).number).toBe(number));

  it.each(['', 'курс 1042', 'wifi5', 'iPhone 15', '№', '№0', `№${'9'.repeat(19)}`, 'kon 5', '8.1'])(
    'takes no number from %j',
    (typed) => expect(read(typed).number).toBeUndefined(),
  );

  it('reads each word as typed and as the other layout has it', () => {
    expect(readingsOf('ghbdtn vpn')).toEqual([
      ['ghbdtn', 'привет'],
      ['vpn', 'мзт'],
    ]);
    expect(readingsOf('«Пароль», зфыыцщкв!')).toEqual([
      ['Пароль', 'Gfhjkm'],
      ['зфыыцщкв', 'password'],
    ]);
    expect(readingsOf('k.,jq ye;ty')).toEqual([
      ['k.,jq', 'любой'],
      ['ye;ty', 'нужен'],
    ]);
    expect(readingsOf('cnjk,')).toEqual([['cnjk', 'стол', 'столб']]);
  });

  it('takes the last word as unfinished unless something was typed behind it', () => {
    const unfinished = (typed: string) => read(typed).words.map((word) => word.unfinished);
    expect(unfinished('сброс пар')).toEqual([false, true]);
    expect(unfinished('сброс пар ')).toEqual([false, false]);
    expect(unfinished('+7 495 123-45-67')).toEqual([false]);
  });

  it.each([
    ['+7 (495) 123-45-67', ['+74951234567']],
    ['8 495 123 45 67', ['+74951234567']],
    ['84951234567', ['+74951234567']],
    ['4951234567', ['+74951234567']],
    ['+7 495 123-45-67 доб. 12', ['+74951234567']],
    ['0049/30/123456', ['+4930123456']],
    ['123-45-67', ['<7654321*']],
    ['+7 495 12', ['<215947*', '+749512*']],
    ['8 (495) 12', ['<215948*', '+749512*']],
    ['12345', ['<54321*']],
    ['1042', []],
  ])('knows the phone number in %s', (typed, lexemes) => expect(lexemesOf(typed)).toEqual(lexemes));

  it('finds a phone number among words', () => {
    expect(lexemesOf('Иванов 8 (495) 123-45-67')).toEqual(['+74951234567']);
    expect(readingsOf('Иванов 8 (495) 123-45-67').at(-1)?.[0]).toBe('Иванов');
  });

  it.each([
    ['Petr.Ivanov@Mail.ru', 'petr.ivanov@mail.ru*'],
    ['<petr@mail.ru>,', 'petr@mail.ru*'],
    ['petr@ma', 'petr@ma*'],
    ['@mail.ru', '@mail.ru*'],
    ['зуек"ьфшдюкг', 'petr@mail.ru*'],
  ])('knows the address in %s', (typed, lexeme) => expect(lexemesOf(typed)).toEqual([lexeme]));

  it.each(['', ' ', '&|!', '%_\\', "'", '(((', '🙂', '@', '—'])('asks for nothing by %j', (typed) =>
    expect(read(typed).words).toEqual([]),
  );

  it('takes anything, and never more words than a few', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const { words, number } = read(typed);
        expect(words.length).toBeLessThanOrEqual(10);
        if (number !== undefined) expect(number).toMatch(/^[1-9]\d{0,17}$/);
      }),
    );
  });

  it('finds every phone number whatever stands between its digits', () => {
    const gap = fc.constantFrom('', ' ', '-', ' (', ') ', '.');
    fc.assert(
      fc.property(fc.constantFrom('+7', '8', '7'), fc.array(gap, { minLength: 9, maxLength: 9 }), (country, gaps) => {
        const typed = country + [...'4951234567'].map((digit, place) => digit + (gaps[place] ?? '')).join('');
        expect(lexemesOf(typed)).toContain('+74951234567');
      }),
    );
  });
});
