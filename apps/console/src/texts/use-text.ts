import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formats, type Formats } from './formats.js';
import type { Say } from './text-key.js';
import type { Locale } from './texts.store.js';

export interface Speech {
  readonly say: Say;
  readonly locale: Locale;
  /** Dates, ages, numbers and names in this language. */
  readonly format: Formats;
}

/** The language of the reader: `const { say, format } = useText()`. */
export function useText(): Speech {
  const { t, i18n } = useTranslation();
  const locale: Locale = i18n.language === 'en' ? 'en' : 'ru';
  // Keys and parameters are checked by `Say`; i18next's own types would need a global declaration.
  return useMemo(() => ({ say: t as unknown as Say, locale, format: formats(locale) }), [t, locale]);
}
