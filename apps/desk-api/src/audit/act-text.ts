import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';

/** An act in words. One that an older or newer release wrote speaks for itself. */
export function actText(locale: Locale, act: string): string {
  const key = `audit.${act}`;
  const said: string = text(locale, key as 'audit.ticket.opened');
  return said === key ? act : said;
}
