import { describe, expect, it } from '@jest/globals';
import { checkPassword } from './password-rules.js';

const faultOf = (password: string): string | undefined => {
  try {
    checkPassword(password, 'anna.belova@desk.example');
    return undefined;
  } catch (refused) {
    return (refused as { faults: { message: string }[] }).faults[0]?.message;
  }
};

describe('checkPassword', () => {
  it.each([
    'correct horse battery',
    'жёлтый снегоход едет',
    '🦊🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔',
    'a b c d e f g',
    'x1'.repeat(3) + 'Пять слов о море',
  ])('takes %s', (password) => expect(faultOf(password)).toBeUndefined());
  it.each([
    ['', /12/],
    ['short', /12/],
    ['эlevenchars', /12/],
    ['aaaaaaaaaaaaaaaa', /guess/],
    ['password1234', /guess/],
    ['PASSWORD!!!!2026', /guess/],
    ['administrator', /guess/],
    ['passwordpassword', /guess/],
    ['anna.belova@desk.example', /guess/],
    ['nul\0in the middle of it', /NUL/],
    ['long '.repeat(60), /256/],
  ])('refuses %j', (password, why) => expect(faultOf(password)).toMatch(why));
});
