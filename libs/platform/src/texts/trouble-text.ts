import type { Locale } from '#libs/contracts';
import { text } from './text.js';

/** What is wrong with an account, in words. A channel may report codes of its own: then the code speaks for itself. */
export function troubleText(locale: Locale, code: string): string {
  const key = `trouble.${code}`;
  const said: string = text(locale, key as 'trouble.unreachable');
  return said === key ? code : said;
}
