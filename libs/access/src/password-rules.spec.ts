import { describe, expect, it } from '@jest/globals';
import type { DeskError } from '#libs/platform';
import { checkPassword } from './password-rules.js';

const faultOf = (password: string): unknown => {
  try {
    checkPassword(password, 'anna.belova@desk.example');
    return undefined;
  } catch (refused) {
    return (refused as DeskError).faults[0]?.message;
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
    ['', { text: 'fault.tooShort', count: 12 }],
    ['short', { text: 'fault.tooShort', count: 12 }],
    ['эlevenchars', { text: 'fault.tooShort', count: 12 }],
    ['aaaaaaaaaaaaaaaa', 'fault.guessable'],
    ['password1234', 'fault.guessable'],
    ['PASSWORD!!!!2026', 'fault.guessable'],
    ['administrator', 'fault.guessable'],
    ['passwordpassword', 'fault.guessable'],
    ['anna.belova@desk.example', 'fault.guessable'],
    ['nul\0in the middle of it', 'fault.nul'],
    ['long '.repeat(60), { text: 'fault.tooLong', count: 256 }],
  ])('refuses %j', (password, why) => expect(faultOf(password)).toEqual(why));
});
