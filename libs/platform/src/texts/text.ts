import i18next from 'i18next';
import type { Locale } from '#libs/contracts';
import { en } from './en.js';
import { ru } from './ru.js';
import type { Saying, TextKey, TextParams } from './text-key.js';

const catalogues = i18next.createInstance();
void catalogues.init({
  initAsync: false,
  lng: 'ru',
  fallbackLng: false,
  resources: { ru: { translation: ru }, en: { translation: en } },
  // Texts go to terminals, mails and JSON; whoever makes HTML escapes it there.
  interpolation: { escapeValue: false, skipOnVariables: true },
});
type Speak = (key: string, params: Readonly<Record<string, string | number>>) => string;
// Keys and parameters are checked by `text` below; i18next's own types would need a global declaration.
const speak: Readonly<Record<Locale, Speak>> = {
  ru: catalogues.getFixedT('ru') as Speak,
  en: catalogues.getFixedT('en') as Speak,
};

type Given<Key extends TextKey> = keyof TextParams<Key> extends never ? [] : [params: TextParams<Key>];

/** A text that a person reads, from the catalogues `ru/` and `en/`. `count` chooses the plural form. */
export const text = <Key extends TextKey>(locale: Locale, key: Key, ...[params]: Given<Key>): string =>
  speak[locale](key, { ...params });

/** Tells what was to be said. */
export function say(locale: Locale, saying: Saying): string {
  const { text: key, ...params } = typeof saying === 'string' ? { text: saying } : saying;
  return speak[locale](key, params);
}
