import { addressParser } from 'postal-mime';
import { decodeCharset } from './decode-charset.js';
import { decodeHeader } from './decode-header.js';
import { mailLimits } from './mail-limits.js';
import { cut, oneLine } from './well-formed.js';

export interface Mailbox {
  /** In lower case. */
  readonly address: string;
  readonly name: string;
}

// No quoted local parts, no spaces, no brackets: what is shown, stored and answered is one and the same address.
const plainAddress = /^[^\s<>()[\]\\,;:"@]{1,64}@[^\s<>()[\]\\,;:"@]{1,255}$/u;

/** One mail address in the only form we use, or nothing when it isn't one that we would write to. */
export function mailAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  const at = address.lastIndexOf('@');
  if (!plainAddress.test(address) || address !== oneLine(address) || address.length > 320) return undefined;
  const domain = address.slice(at + 1);
  return domain.startsWith('.') || domain.endsWith('.') || domain.includes('..') ? undefined : address;
}

/**
 * The mailboxes of an address header. Addresses are split first and names decoded after, so that an encoded word can
 * never make an address or split one; groups are flattened; what has no usable address is left out.
 */
export function mailboxes(raw: string, charset?: string): Mailbox[] {
  const words: string[] = [];
  const list = raw.slice(0, mailLimits.headerValue).replace(encodedWord, (word) => `=~${words.push(word) - 1}~=`);
  const nameOf = (text: string): string =>
    decodeHeader(
      text.replace(/=~(\d+)~=/g, (_, index: string) => words[Number(index)] ?? ''),
      charset,
    );
  const found: Mailbox[] = [];
  for (const entry of addressParser(list, { flatten: true })) {
    const address = mailAddress(decodeCharset(Buffer.from(entry.address ?? '', 'latin1')));
    if (!address) continue;
    found.push({ address, name: cut(oneLine(nameOf(entry.name)), 300) });
    if (found.length >= mailLimits.addresses) break;
  }
  return found;
}

const encodedWord = /=\?[^?\s]{1,60}\?[bq]\?[^?]*\?=/gi;

/** `support+tag@desk.test` as `{ base: 'support@desk.test', tag: 'tag' }`. */
export function splitPlus(address: string): { readonly base: string; readonly tag: string | undefined } {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  if (plus <= 0 || plus > at) return { base: address, tag: undefined };
  return { base: address.slice(0, plus) + address.slice(at), tag: address.slice(plus + 1, at) };
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
