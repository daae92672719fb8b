import type { Locale } from '#libs/contracts';
import { text } from './text.js';

/** A step of trying a channel, in words. A channel may have steps of its own: then the name speaks for itself. */
export function stepText(locale: Locale, step: string): string {
  const key = `check.${step}`;
  const said: string = text(locale, key as 'check.verify');
  return said === key ? step : said;
}
