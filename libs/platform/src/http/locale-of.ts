import { type Locale, locales } from '#libs/contracts';

/** The language to answer in, from an `Accept-Language` header; the first language of the desk when in doubt. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  let best: Locale = locales[0];
  let weight = 0;
  for (const entry of (acceptLanguage ?? '').slice(0, 1000).split(',')) {
    const [range = '', ...parameters] = entry.trim().toLowerCase().split(';');
    const locale = locales.find((known) => range === known || range.startsWith(`${known}-`));
    const q = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
    const given = q === undefined ? 1 : Number(q);
    if (locale && given > weight) [best, weight] = [locale, given];
  }
  return best;
}
