import { describe, expect, it } from '@jest/globals';
import { composePasswordMail, isOwnAddress } from './compose-password-mail.js';

describe('composePasswordMail', () => {
  it.each([
    ['invitation', 'ru', 'Приглашение в Центр', /72 часа/],
    ['invitation', 'en', 'Invitation to Центр', /72 hours/],
    ['password-reset', 'ru', 'Новый пароль для Центр', /один час/],
    ['password-reset', 'en', 'A new password for Центр', /one hour/],
  ] as const)('writes the %s in %s', (purpose, locale, subject, told) => {
    const facts = { purpose, locale, token: '__a_b-c__', desk: 'Центр', publicUrl: 'https://desk.test/deep/?x=1' };
    const mail = composePasswordMail(facts);
    expect(mail.subject).toBe(subject);
    expect(mail.text).toMatch(told);
    expect(mail.text.match(/<(\S+)>/)?.[1]).toBe('https://desk.test/password#__a_b-c__');
  });
});

describe('isOwnAddress', () => {
  const own = ['help@desk.test', 'it+in@desk.test'];
  it.each([
    ['help@desk.test', true],
    ['Help+anna@Desk.test', true],
    ['it@desk.test', true],
    ['helper@desk.test', false],
    ['help@other.test', false],
  ])('%s: %s', (address, expected) => expect(isOwnAddress(address, own)).toBe(expected));
});
