import { describe, expect, it } from '@jest/globals';
import { findActions } from './find-actions.js';
import { initialsOf } from './initials.js';

const actions = [
  { id: 'mine', title: 'Моя работа', group: 'Переход', run: () => undefined },
  { id: 'keys', title: 'Клавиши', group: 'Общее', run: () => undefined },
  { id: 'next', title: 'Следующее обращение', group: 'Список', inPalette: false, run: () => undefined },
];

describe('findActions', () => {
  it.each([
    ['', ['mine', 'keys']],
    ['раб', ['mine']],
    ['пер мо', ['mine']],
    ['hf,', ['mine']],
    ['бота', []],
    ['след', []],
  ])('%s finds %j', (query, ids) => expect(findActions(actions, query).map(({ id }) => id)).toEqual(ids));
});

describe('initialsOf', () => {
  it.each([
    ['Анна Белова', 'АБ'],
    [' вера  ', 'В'],
    ['Иван Петрович Сидоров', 'ИП'],
  ])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));
});
