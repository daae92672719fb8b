import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attribution } from './attribution-line.js';
import { trimQuote } from './trim-quote.js';

const quote = '> Здравствуйте!\n> Мы сбросили пароль.';

describe('attribution', () => {
  it.each([
    'пт, 26 сент. 2026 г. в 10:00, Имя Фамилия <a@b.ru>:',
    '26 сент. 2026 г., в 10:00, Имя <a@b.ru> написал(а):',
    '11 авг. 2026 г., 10:00 Имя Фамилия написал(а):',
    'Пятница, 26 сентября 2026, 10:00 +06:00 от Имя <a@b.ru>:',
    'Пятница, 26 сентября 2026, 10:00 UTC от Имя <a@b.ru>:',
    '26.09.2026, 10:00, "Имя" <a@b.ru>:',
    '26.09.2026 10:00, Имя пишет:',
    '26.09.2026 10:00, Имя Фамилия написала:',
    'Имя <a@b.ru> написал(а) 26.09.2026 10:00:',
    'On Fri, Sep 26, 2026 at 10:00 AM Name <a@b.com> wrote:',
    'On 26/09/2026 10:00, Name wrote:',
    'On 26 Sep 2026, at 10:00, Name <a@b.com> wrote:',
    '2026-09-26 10:00 GMT+03:00 Name <a@b.com>:',
    '> 26 сент. 2026 г., в 10:00, Имя <a@b.ru> написал(а):',
  ])('is sure of %s', (line) => expect(attribution(line)).toBe('strong'));

  it.each(['Имя пишет:', 'Анна Петрова написал(а):', 'Name wrote:', '"Имя" <a@b.ru> пишет:', 'Цитирую Имя Фамилия:'])(
    'wants a quote after %s',
    (line) => expect(attribution(line)).toBe('weak'),
  );

  it.each([
    'Вчера менеджер написал:',
    'в 2024 году клиент пишет: не работает',
    'Прошу рассчитать по КМД от 12.09.2026:',
    'Совещание завтра в 10:00, повестка:',
    'Документы присылайте на docs@school.test:',
    '26.09.2026 в 10:00 будет:',
    'Мне нужно:',
    '',
  ])('is none in %s', (line) => expect(attribution(line)).toBeUndefined());
});

describe('trimQuote', () => {
  it.each([
    ['an attributed quote', `Спасибо!\n\nпт, 26 сент. 2026 г. в 10:00, Имя <a@b.ru>:\n\n${quote}`],
    [
      'an attribution wrapped at the address',
      `Спасибо!\n\nпт, 26 сент. 2026 г. в 10:00, Очень Длинное Имя\n<a@b.ru>:\n${quote}`,
    ],
    ['a weak attribution before a quote', `Спасибо!\n\nИмя пишет:\n${quote}`],
    [
      'a quote without marks after a sure attribution',
      'Спасибо!\n\n26.09.2026, 10:00, "Имя" <a@b.ru>:\nЗдравствуйте!\nМы сбросили пароль.',
    ],
    [
      'an attribution that is itself quoted',
      `Спасибо!\n\n> 26 сент. 2026 г., в 10:00, Имя <a@b.ru> написал(а):\n${quote}`,
    ],
    [
      'an Outlook header',
      'Спасибо!\n\nОт: Имя <a@b.ru>\nОтправлено: 26 сентября 2026 г. 10:00\nКому: Имя\nТема: вход\n\nЗдравствуйте!',
    ],
    [
      'an Outlook header below a rule',
      'Спасибо!\n\n________________________________\nОт: Имя\nДата: 26.09.2026\nКому: Имя\nТема: вход\n\nЗдравствуйте!',
    ],
    ['an English Outlook header', 'Спасибо!\n\nFrom: A <a@b.com>\nSent: Friday\nTo: B\nSubject: x\n\nHello'],
    ['a Ukrainian Outlook header', 'Спасибо!\n\nВід: A\nНадіслано: 26.09\nКому: B\nТема: x\n\nHello'],
    ['the rule of the original', 'Спасибо!\n\n-----Исходное сообщение-----\nОт: Имя\nтекст'],
    ['the English rule of the original', 'Спасибо!\n\n-----Original Message-----\nhello'],
    [
      'the new Yandex header',
      'Спасибо!\n\n----------------\nКому: Имя (a@b.ru); Тема: вход; 23.09.2026, 10:00\nЗдравствуйте!',
    ],
    ['a signature', 'Спасибо!\n\n-- \nИмя\n+7 900 000-00-00'],
    ['the line of a phone', 'Спасибо!\n\nОтправлено с iPhone'],
    ['the line of mail.ru', 'Спасибо!\n\nОтправлено из мобильной Почты Mail.ru'],
    ['the line of Yandex', 'Спасибо!\n\nОтправлено из Яндекс.Почты для мобильных'],
    ['a signature and a quote below it', `Спасибо!\n\n-- \nИмя\n\n26.09.2026 10:00, Имя пишет:\n${quote}`],
    ['a quote with the line of a phone below it', `Спасибо!\n\nИмя пишет:\n${quote}\n\nSent from my iPhone`],
  ])('cuts %s', (_, text) => expect(trimQuote(text)).toBe('Спасибо!'));

  it.each([
    ['a remark about what somebody wrote', 'Вчера менеджер написал:\nпароль сброшен.'],
    ['a list after a date', 'Прошу рассчитать по КМД от 12.09.2026:\n    балка 1\n    балка 2'],
    ['an agenda', 'Совещание завтра в 10:00, повестка:\n1. пароли'],
    ['an address before a colon', 'Документы присылайте на docs@school.test:\n- заявление'],
    ['answers between quotes', `Имя пишет:\n> вопрос 1\nответ 1\n> вопрос 2\nответ 2`],
    ['an answer below the quote', `26.09.2026 10:00, Имя пишет:\n${quote}\n\nНет, не помогло.`],
    ['a quote that nobody is named for', 'Программа показывает:\n> Error 5'],
    ['regards alone', 'С уважением, Иван'],
    ['a forward', '-------- Пересылаемое сообщение --------\nОт: Имя\nДата: 1\nКому: Имя\nТема: x\n\nтекст'],
    [
      'a forward by Apple',
      'Смотрите\n\nНачало переадресованного сообщения:\n\nОт: Имя\nТема: x\nДата: y\nКому: z\n\nтекст',
    ],
    ['nothing but a quote', `Имя пишет:\n${quote}`],
  ])('keeps %s', (_, text) => expect(trimQuote(text)).toBe(text));

  it.each(['Fwd: x', 'FW: x', 'Пересл: x', 'Fw: [№7] x'])('keeps everything under the subject %s', (subject) => {
    const text = 'Посмотрите.\n\nОт: Имя\nОтправлено: 1\nКому: Имя\nТема: x\n\nтекст';
    expect(trimQuote(text, subject)).toBe(text);
  });

  it('never loses what was written above, and never shows nothing of something', () => {
    const own = fc.array(fc.stringMatching(/^[а-яёa-z0-9 ,.!?-]{0,60}$/), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(own, (lines) => {
        const written = lines.join('\n').trim();
        fc.pre(written !== '' && !/^--\s?$/m.test(written) && !/^(отправлено|sent|get)/im.test(written));
        expect(trimQuote(`${written}\n\nИмя пишет:\n${quote}`)).toBe(written);
        expect(trimQuote(written)).toBe(written);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        const visible = trimQuote(text);
        expect(visible.trim() === '').toBe(text.trim() === '');
        expect(text).toContain(visible);
      }),
    );
  });
});
