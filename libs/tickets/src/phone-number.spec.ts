import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPhoneNumber } from './phone-number.js';

describe('readPhoneNumber', () => {
  it.each([
    ['8 (912) 345-67-89', '+79123456789', undefined],
    ['9123456789', '+79123456789', undefined],
    ['7 912 345 67 89', '+79123456789', undefined],
    ['  +7-912-345-67-89 ', '+79123456789', undefined],
    ['810 49 30 123456', '+4930123456', undefined],
    ['00 49 30 123456', '+4930123456', undefined],
    ['0049/30/123456', '+4930123456', undefined],
    ['8 800 555-35-35', '+78005553535', undefined],
    ['+375 29 123-45-67', '+375291234567', undefined],
    ['+7 701 123 45 67', '+77011234567', undefined],
    ['+7 495 123-45-67 доб. 123', '+74951234567', '123'],
    ['8(495)1234567 доб 123', '+74951234567', '123'],
    ['+7 495 123-45-67, добавочный 7', '+74951234567', '7'],
    ['+7 495 123-45-67 внутр. 12', '+74951234567', '12'],
    ['+7 495 123-45-67 вн.12', '+74951234567', '12'],
    ['+7 495 123-45-67 ext. 55', '+74951234567', '55'],
    ['+7 (495) 123-45-67, 123', '+74951234567', '123'],
    ['+1 415 555 2671 x12', '+14155552671', '12'],
    ['tel:+7-912-345-67-89;ext=5', '+79123456789', '5'],
    ['TEL:+7(912)345.67.89', '+79123456789', undefined],
    ['tel:%2B79123456789', '+79123456789', undefined],
    ['tel:+7-495-123-45-67;isub=12;ext=1-23;x=y', '+74951234567', '123'],
    ['tel:912-345-67-89;phone-context=+7', '+79123456789', undefined],
    ['tel:8-912-345-67-89;phone-context=example.org', '+79123456789', undefined],
    ['tel:+79123456789;phone-context=+1', '+79123456789', undefined],
  ])('reads %s', (given, phone, extension) =>
    expect(readPhoneNumber(given, 'RU')).toEqual({ kind: 'public', phone, extension }),
  );

  it.each([
    ['101', '101'],
    ['112', '112'],
    ['1-01', '101'],
    ['12345', '12345'],
    ['SIP/101-0000', '101'],
    ['PJSIP/2004', '2004'],
    ['sip:101@pbx.local', '101'],
    ['tel:101;phone-context=pbx.local', '101'],
    ['tel:112;phone-context=+7', '112'],
  ])('keeps the internal number of %s', (given, phone) =>
    expect(readPhoneNumber(given, 'RU')).toEqual({ kind: 'internal', phone }),
  );

  it.each(['anonymous', 'Anonymous', 'unknown', 'Private number', 'скрыт', 'скрытый номер', 'не определён'])(
    'knows that %s is a hidden number',
    (given) => expect(readPhoneNumber(given, 'RU')).toEqual({ kind: 'anonymous' }),
  );

  it.each([
    '',
    '+',
    'help me',
    '1234567',
    '8912345678',
    '+7 912 345 67 890',
    'call +7 912 345-67-89',
    '<script>',
    'tel:',
    'tel:%',
    'tel:%E0%A4%A',
    'tel:help',
    'tel:;ext=5',
    'tel:tel:+79123456789',
    'mailto:+79123456789',
    '١٢٣',
  ])('refuses %p', (given) => expect(readPhoneNumber(given, 'RU')).toEqual({ kind: 'invalid' }));

  it('reads national numbers by the region of the desk', () => {
    expect(readPhoneNumber('030 123456', 'DE')).toMatchObject({ phone: '+4930123456' });
    expect(readPhoneNumber('030 123456', 'nowhere')).toEqual({ kind: 'invalid' });
  });

  it('reads its own output again, however it is spaced', () => {
    const grouped = fc.tuple(
      fc.integer({ min: 9_000_000_000, max: 9_999_999_999 }),
      fc.constantFrom(' ', '-', '.', ' - ', ''),
    );
    fc.assert(
      fc.property(grouped, ([digits, gap]) => {
        const national = String(digits);
        const first = readPhoneNumber(`8${gap}${national.slice(0, 3)}${gap}${national.slice(3)}`, 'RU');
        fc.pre(first.kind === 'public');
        expect(readPhoneNumber(first.phone, 'RU')).toEqual(first);
      }),
    );
  });

  it('never throws and never makes a short number public', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 64 }), fc.stringMatching(/^\d{1,5}$/)), (given) => {
        const read = readPhoneNumber(given, 'RU');
        if (/^\d{1,5}$/.test(given)) expect(read).toEqual({ kind: 'internal', phone: given });
      }),
    );
  });
});
