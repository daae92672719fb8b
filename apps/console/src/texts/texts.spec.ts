import { describe, expect, it } from '@jest/globals';
import { en } from './en.js';
import { ru } from './ru.js';

type Node = { readonly [key: string]: string | Node };

const leaves = (node: Node, path: string[] = []): [string, string][] =>
  Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string' ? [[[...path, key].join('.'), value] as [string, string]] : leaves(value, [...path, key]),
  );
const form = /_(one|few|many|other)$/;
const placeholders = (value: string): string =>
  [...value.matchAll(/{{(\w+)}}/g)]
    .map(([, name]) => name)
    .toSorted((a, b) => String(a).localeCompare(String(b)))
    .join();

/** Texts by key, without the plural form. */
function byKey(catalogue: Node): Map<string, string[]> {
  const keys = new Map<string, string[]>();
  for (const [path, value] of leaves(catalogue)) {
    const key = path.replace(form, '');
    keys.set(key, [...(keys.get(key) ?? []), value]);
  }
  return keys;
}
const formsOf = (catalogue: Node): Map<string, string[]> => {
  const forms = new Map<string, string[]>();
  for (const [path] of leaves(catalogue).filter(([path]) => form.test(path))) {
    const key = path.replace(form, '');
    forms.set(key, [...(forms.get(key) ?? []), path.slice(key.length + 1)].sort());
  }
  return forms;
};

const russian = byKey(ru);
const english = byKey(en);

describe('texts of the console', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...russian.keys()].sort());
  });

  it('have one set of placeholders each', () => {
    const uneven = [...russian].filter(
      ([key, values]) => new Set([...values, ...(english.get(key) ?? [])].map(placeholders)).size !== 1,
    );
    expect(uneven.map(([key]) => key)).toEqual([]);
  });

  it('have every plural form that their language has', () => {
    const rulesOf = (locale: string): string[] =>
      new Intl.PluralRules(locale).resolvedOptions().pluralCategories.sort();
    const lame = (catalogue: Node, locale: string): string[] =>
      [...formsOf(catalogue)].filter(([, forms]) => forms.join() !== rulesOf(locale).join()).map(([key]) => key);
    expect([lame(ru, 'ru'), lame(en, 'en')]).toEqual([[], []]);
    expect([...formsOf(ru).keys()]).toEqual([...formsOf(en).keys()]);
  });

  it('say something, without loose ends, in letters of their own', () => {
    const loose = [...russian, ...english].flatMap(([key, values]) =>
      values.filter((value) => !/^\S([\s\S]*\S)?$/.test(value)).map(() => key),
    );
    const words = (value: string): string => value.replace(/{{\w+}}/g, '');
    const foreign = [...russian].filter(([, values]) => values.some((value) => !/[а-яё]/i.test(words(value))));
    const cyrillic = [...english].filter(([, values]) => values.some((value) => /[а-яё]/i.test(value)));
    expect({ loose, foreign: foreign.map(([key]) => key), cyrillic: cyrillic.map(([key]) => key) }).toEqual({
      loose: [],
      foreign: [],
      cyrillic: [],
    });
  });
});
