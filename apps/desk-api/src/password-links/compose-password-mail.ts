import type { PasswordLinkPurpose } from '#libs/access';
import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';

/** What a mail with a password link is made of. */
export interface PasswordMailFacts {
  readonly purpose: PasswordLinkPurpose;
  readonly token: string;
  readonly locale: Locale;
  readonly desk: string;
  readonly publicUrl: string;
}

/** Nothing in it was written by anybody but us: no name, no address that somebody else could have filled. */
export function composePasswordMail({ purpose, token, locale, desk, publicUrl }: PasswordMailFacts) {
  const kind = purpose === 'invitation' ? 'invitation' : 'reset';
  // After `#`, so that neither a log nor a Referer header ever holds the token.
  const link = new URL(`/password#${token}`, publicUrl).href;
  return {
    subject: text(locale, `passwordLink.${kind}Subject`, { desk }),
    text: text(locale, `passwordLink.${kind}`, { desk, link }),
  };
}

/** `help+tag@desk.test` reaches the same mailbox as `help@desk.test`. */
const withoutTag = (address: string): string => address.toLowerCase().replace(/\+[^@]*(?=@)/, '');

/** Whether mail to this address would come back to the desk, and its link to everybody who reads tickets. */
export const isOwnAddress = (address: string, own: readonly string[]): boolean =>
  own.some((one) => withoutTag(one) === withoutTag(address));
