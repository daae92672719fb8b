import type { ThreadClues } from '#libs/contracts';
import { splitPlus } from './mail-address.js';
import type { ParsedMail } from './parse-mail.js';

/** What the mail says about its thread. Claims: whoever writes can put anything here. */
export function threadClues(mail: ParsedMail, ownAddresses: readonly string[]): ThreadClues {
  // Two From or two Message-ID: nobody knows what the mail claims, so it joins nothing.
  if (mail.flags.includes('malformed')) return { references: [], subjectNumbers: [] };
  const plusTag = ownTag(recipientsOf(mail), ownAddresses);
  return {
    references: references(mail),
    subjectNumbers: subjectNumbers(mail.subject),
    ...(plusTag ? { plusTag } : {}),
  };
}

/** Every address the mail was written or handed over to, in the order in which they mean most. */
export function recipientsOf(mail: ParsedMail): readonly string[] {
  const handedTo = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to']
    .flatMap((name) => mail.headers.all(name))
    .map((value) => value.replace(/^<|>$/g, '').toLowerCase());
  return [...[...mail.to, ...mail.cc].map(({ address }) => address), ...handedTo];
}

const ids = /<([^<>\s]{1,998})>/g;

/** In-Reply-To, then References from the last to the first: the nearest mail of the thread comes first. */
function references(mail: ParsedMail): string[] {
  const direct = idsIn(mail.headers.all('in-reply-to').join(' '));
  const chain = idsIn(mail.headers.all('references').join(' ')).toReversed();
  return [...new Set([...direct, ...chain])].filter((id) => id !== mail.messageId).slice(0, 100);
}

/** Ids in brackets, with anything or nothing between them; a header with no bracket at all is one id. */
function idsIn(value: string): string[] {
  const bracketed = [...value.matchAll(ids)].map((match) => match[1]!);
  if (bracketed.length > 0) return bracketed;
  return value.split(/[\s,]+/).filter((word) => word.includes('@') && word.length <= 998);
}

function ownTag(recipients: readonly string[], ownAddresses: readonly string[]): string | undefined {
  for (const recipient of recipients) {
    const { base, tag } = splitPlus(recipient);
    if (tag && tag.length <= 128 && ownAddresses.includes(base)) return tag;
  }
  return undefined;
}

const numbers = /\[\s*(?:№|#|N|No\.?)\s*(\d{1,18})\s*\]/giu;

/** `[№1042]` and `[#1042]`; a bare number in a subject says nothing. */
const subjectNumbers = (subject: string): string[] =>
  [...new Set([...subject.matchAll(numbers)].map((match) => match[1]!))].slice(0, 5);
