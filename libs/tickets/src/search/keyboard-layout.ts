/** The keys of a keyboard in one order: what each gives in the Latin and in the Russian layout of a PC. */
const latin = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?@#$^&|';
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?/';

const pairs = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map([...from].map((key, place) => [key, [...to][place] ?? key]));
const toRussian = pairs(latin, russian);
const toLatin = pairs(russian, latin);

const typed = (text: string, keys: ReadonlyMap<string, string>): string =>
  [...text].map((key) => keys.get(key) ?? key).join('');

/**
 * What the same keys give in the other layout: `ghbdtn` is `привет`, `зфыыцщкв` is `password`. Undefined for what has
 * letters of both, or of none: nobody switches the layout in the middle of a word by mistake.
 */
export function otherLayout(text: string): string | undefined {
  const hasLatin = /[a-z]/i.test(text);
  const hasRussian = /[а-яё]/i.test(text);
  if (hasLatin === hasRussian) return undefined;
  return typed(text, hasLatin ? toRussian : toLatin);
}
