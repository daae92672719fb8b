import { describe, expect, it } from '@jest/globals';
import { kindOfDigit } from './call-parts.js';

const title = { ru: 'Вид', en: 'Kind' };
const kinds = ['access', 'other'].map((key, position) => ({ key, title, position, archivedAt: null, version: 1 }));
const press = (code: string, held = {}) => ({
  code,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe('kindOfDigit', () => {
  it.each([
    [press('Digit1'), 'access'],
    [press('Numpad2'), 'other'],
    [press('Digit3'), undefined],
    [press('Digit9'), undefined],
    [press('KeyA'), undefined],
    [press('Digit1', { ctrlKey: true }), undefined],
    [press('Digit1', { shiftKey: true }), undefined],
  ])('%j is %s', (stroke, key) => expect(kindOfDigit(stroke, kinds)?.key).toBe(key));
});
