import { describe, expect, it } from '@jest/globals';
import { isTyped, keyLabels, strokeName } from './key-combination.js';

const stroke = { code: 'KeyK', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe('key combinations', () => {
  it.each([
    [{}, 'KeyK'],
    [{ ctrlKey: true }, 'Ctrl+KeyK'],
    [{ metaKey: true }, 'Ctrl+KeyK'],
    [{ altKey: true, shiftKey: true }, 'Alt+Shift+KeyK'],
  ])('are named by their place: %j', (held, name) => expect(strokeName({ ...stroke, ...held })).toBe(name));

  it.each([
    ['KeyJ', true],
    ['Shift+KeyX', true],
    ['KeyG KeyI', true],
    ['Ctrl+Enter', false],
    ['Alt+KeyC', false],
    ['Escape', false],
  ])('%s is typed into a field: %s', (keys, typed) => expect(isTyped(keys)).toBe(typed));

  it.each([
    ['KeyJ', 'ru', ['J (О)']],
    ['KeyJ', 'en', ['J']],
    ['KeyG KeyI', 'ru', ['G (П)', 'I (Ш)']],
    ['Ctrl+Shift+Enter', 'ru', ['Ctrl + Shift + Enter']],
    ['Shift+Slash', 'ru', ['?']],
    ['Digit1', 'en', ['1']],
  ] as const)('%s is shown in %s as %j', (keys, locale, labels) => expect(keyLabels(keys, locale)).toEqual(labels));
});
