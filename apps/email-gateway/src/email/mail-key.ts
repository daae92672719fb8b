import { createHash } from 'node:crypto';
import { readHeaders, type Header } from './read-headers.js';

export interface MailKeys {
  readonly externalKey: string;
  readonly contentKey?: string;
}

/**
 * What makes a mail the same mail: Message-ID, author, date and body together, because a Message-ID alone can be
 * copied by an attacker or repeated by a broken program. UID and mailbox are no part of it, so a mailbox that is
 * numbered anew, or a mail moved between mailboxes, brings nothing twice.
 *
 * A mail without a Message-ID is told apart by all its bytes, its trace lines included, and by `receivedAt` of the
 * server that holds it: two people may well write the same two words.
 */
export function mailKeys(bytes: Buffer, receivedAt = ''): MailKeys {
  const { headers, bodyStart } = readHeaders(bytes);
  const messageId = all(headers, 'message-id');
  if (messageId === '') return { externalKey: hash(['whole', receivedAt], bytes) };
  const known = [messageId, all(headers, 'from'), all(headers, 'date')];
  const key = hash(known, bytes.subarray(bodyStart));
  return { externalKey: key, contentKey: key };
}

const all = (headers: readonly Header[], name: string): string =>
  headers
    .filter((header) => header.name === name)
    .map(({ value }) => value)
    .join('\n');

/** Relays change line ends and blanks at the end of a body; neither makes another mail. */
function hash(parts: readonly string[], body: Buffer): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(`${part}\0`, 'latin1');
  sum.update(
    body.includes('\r')
      ? body.toString('latin1').replaceAll('\r\n', '\n').trimEnd()
      : body.toString('latin1').trimEnd(),
    'latin1',
  );
  return sum.digest('hex');
}
