import type { InboundMessage, Locale } from '#libs/contracts';

/** The language to answer in: what the sender's program says, else the letters that were used, else Russian. */
export function requesterLocale({
  sender,
  subject,
  text,
}: Pick<InboundMessage, 'sender' | 'subject' | 'text'>): Locale {
  if (sender.locale) return sender.locale;
  const written = `${subject} ${text}`;
  if (/\p{Script=Cyrillic}/u.test(written)) return 'ru';
  return /\p{Script=Latin}/u.test(written) ? 'en' : 'ru';
}
