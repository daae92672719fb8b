import { timingSafeEqual } from 'node:crypto';
import type { TicketId } from '#libs/contracts';
import { fromBase32, toBase32 } from '#libs/platform';

/** Signs a text for the purpose of tags; base64url. The caller brings the key. */
export type TagMac = (text: string) => string;

/** What the key of tags is derived for. */
export const tagPurpose = 'ticket-tag';

/** Names the form and the key of a tag, so that both can change while old tags are still read. */
const version = 1;
const macBytes = 16;
const randomChars = 12;
const outboundId = /^([a-z2-7]+)\.[a-z2-7]{12}$/;

const signature = (id: TicketId, mac: TagMac): Buffer =>
  Buffer.from(mac(`${version}:${id}`), 'base64url').subarray(0, macBytes);

/**
 * The secret by which an answer finds its ticket: only who was written to by the desk has it. Small letters and
 * digits, so that it may stand in the local part of a mail address.
 */
export function ticketTag(id: TicketId, mac: TagMac): string {
  const hex = BigInt(id).toString(16);
  const idBytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return toBase32(Buffer.concat([Buffer.of(version), idBytes, signature(id, mac)]));
}

/** The ticket of a tag; undefined for anything that is not, letter by letter, a tag that we made. */
export function readTicketTag(tag: string, mac: TagMac): TicketId | undefined {
  const bytes = fromBase32(tag);
  if (!bytes || bytes[0] !== version || bytes.length <= 1 + macBytes || bytes.length > 1 + 8 + macBytes)
    return undefined;
  const id = BigInt(`0x${bytes.subarray(1, -macBytes).toString('hex')}`).toString();
  if (!timingSafeEqual(bytes.subarray(-macBytes), signature(id, mac))) return undefined;
  return ticketTag(id, mac) === tag ? id : undefined;
}

/** Our own id of an outgoing item: the tag and, to make it unique, eight random bytes. */
export const outboundIdOf = (tag: string, random: Uint8Array): string =>
  `${tag}.${toBase32(random).slice(0, randomChars)}`;

/** The tag in an id that has the form of ours; a channel may have put `@domain` behind it. Says nothing of its worth. */
export const tagInReference = (reference: string): string | undefined =>
  outboundId.exec(reference.split('@', 1)[0] ?? '')?.[1];
