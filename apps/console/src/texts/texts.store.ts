import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Each language is a file of its own: only the one that is spoken is loaded. */
const catalogues: Readonly<Record<Locale, () => Promise<object>>> = {
  ru: () => import('./ru.js').then(({ ru }) => ru),
  en: () => import('./en.js').then(({ en }) => en),
};

void i18next.use(initReactI18next).init({
  lng: 'ru',
  fallbackLng: false,
  partialBundledLanguages: true,
  resources: {},
  // React writes texts as texts.
  interpolation: { escapeValue: false, skipOnVariables: true },
  react: { useSuspense: false },
});

export const currentLocale = (): Locale => (i18next.language === 'en' ? 'en' : 'ru');

/** Loads a language if need be, then speaks it. */
export async function speak(locale: Locale): Promise<void> {
  if (!i18next.hasResourceBundle(locale, 'translation')) {
    i18next.addResourceBundle(locale, 'translation', await catalogues[locale]());
  }
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}

/** The language to begin in: what was chosen here, else the first one of the browser that the desk speaks. */
export function firstLocale(chosen: Locale | null, wanted: readonly string[]): Locale {
  if (chosen) return chosen;
  const known = wanted.map((tag) => locales.find((locale) => tag.toLowerCase().startsWith(locale)));
  return known.find(Boolean) ?? 'ru';
}
