import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { ru } from './ru.js';
import { text } from './text.js';

type Node = { readonly [key: string]: string | Node };

const leaves = (node: Node, path: string[] = []): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value] as [string, string]] : leaves(value, [...path, key]),
  );
const forms = /_(one|few|many|other)$/;
const byKey = (catalogue: Node): Map<string, string[]> => {
  const keys = new Map<string, string[]>();
  for (const [path, value] of leaves(catalogue)) {
    const key = path.replace(forms, '');
    keys.set(key, [...(keys.get(key) ?? []), value]);
  }
  return keys;
};
const placeholders = (value: string): string =>
  [...value.matchAll(/{{(\w+)}}/g)]
    .map(([, name = '']) => name)
    .sort()
    .join();
const formsOf = (catalogue: Node): string[] =>
  leaves(catalogue)
    .filter(([path]) => forms.test(path))
    .map(([path]) => path);

const russian = byKey(ru);
const english = byKey(en);

describe('texts', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...russian.keys()].sort());
  });

  it.each([...russian])('%s has one set of placeholders', (key, values) => {
    const sets = new Set([...values, ...(english.get(key) ?? [])].map(placeholders));
    expect([...sets]).toHaveLength(1);
  });

  it.each([...russian, ...english].flatMap(([key, values]) => values.map((value) => [key, value] as const)))(
    '%s says something, once, without loose ends: %s',
    (_key, value) => expect(value).toMatch(/^\S[\s\S]*\S$|^\S$/),
  );

  it('have all four plural forms in Russian and both in English', () => {
    const roots = (list: string[]): string[] => [...new Set(list.map((path) => path.replace(forms, '')))];
    const expected = (root: string, of: string[]): string[] => of.map((form) => `${root}_${form}`);
    const inRussian = formsOf(ru);
    expect(inRussian.sort()).toEqual(
      roots(inRussian)
        .flatMap((root) => expected(root, ['one', 'few', 'many', 'other']))
        .sort(),
    );
    const inEnglish = formsOf(en);
    expect(inEnglish.sort()).toEqual(
      roots(inEnglish)
        .flatMap((root) => expected(root, ['one', 'other']))
        .sort(),
    );
  });

  it('are in Russian letters where they are Russian', () => {
    const words = (value: string): string => value.replace(/{{\w+}}/g, '');
    const foreign = [...russian].filter(([, values]) =>
      values.some((value) => /^[^а-яё]*[a-z][^а-яё]*$/i.test(words(value))),
    );
    expect(foreign.map(([key]) => key)).toEqual([]);
  });
});

describe('text', () => {
  it.each([
    [1, 'Настройка: найдена 1 ошибка'],
    [22, 'Настройка: найдены 22 ошибки'],
    [11, 'Настройка: найдено 11 ошибок'],
  ])('chooses the plural form of %i', (count, expected) =>
    expect(text('ru', 'config.faults', { count })).toBe(expected),
  );

  it('puts values in as they are and never twice', () => {
    const reason = '<b>{{name}}</b> $t(stop)';
    expect(text('en', 'config.startFailed', { name: 'router', reason })).toBe(`router cannot start: ${reason}`);
  });
});
