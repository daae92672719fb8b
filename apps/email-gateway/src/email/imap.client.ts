import { isIP } from 'node:net';
import type { CursorPosition, Inbox, RawItem } from '#libs/channels';
import { ImapFlow, type FetchMessageObject } from 'imapflow';
import { planFetch, sequenceSet, type FetchChunk, type MailSize } from './fetch-plan.js';
import { mailKeys } from './mail-key.js';
import { mailLimits } from './mail-limits.js';
import { oversizeMail } from './oversize-mail.js';
import type { ImapSettings } from './settings.js';

export interface ImapLogin {
  readonly settings: ImapSettings;
  /** Used in place of the password when given. */
  readonly accessToken: string | undefined;
  /** Where to connect to in place of what the name of the server means now; the certificate is still the name's. */
  readonly address?: string | undefined;
}

const seconds = 1000;

/** A connection that never changes anything in a mailbox and never takes in more than we can hold. */
export function imapConnection({ settings, accessToken, address }: ImapLogin): ImapFlow {
  const { host, port, tls, user, password } = settings;
  return new ImapFlow({
    host: address ?? host,
    ...(address !== undefined && isIP(host) === 0 && { servername: host }),
    port,
    secure: tls === 'tls',
    ...(tls === 'tls' ? {} : { doSTARTTLS: tls === 'starttls' }),
    auth: accessToken === undefined ? { user, pass: password ?? '' } : { user, accessToken },
    logger: false,
    clientInfo: { name: 'Switchboard' },
    connectionTimeout: 10 * seconds,
    greetingTimeout: 10 * seconds,
    socketTimeout: 60 * seconds,
    // IDLE is broken and begun anew this often, which also finds out whether the server is still there.
    maxIdleTime: 4 * 60 * seconds,
    autoIdleDelay: 200,
    disableCompression: true,
    maxLineLength: 16 * 1024 * 1024,
    maxLiteralSize: mailLimits.mailBytes + 1024 * 1024,
    maxResponseSize: mailLimits.mailBytes + 8 * 1024 * 1024,
  });
}

/** UIDs asked for their sizes at a time. */
const windowMails = 1000;

/**
 * Follows one mailbox until the connection closes or `stop` fires: first everything that came since the cursor, then
 * whatever the server announces. Resolves when the connection was closed from outside.
 */
export async function followMailbox(client: ImapFlow, mailbox: string, inbox: Inbox, stop: AbortSignal): Promise<void> {
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
  let news = wake();
  client.on('exists', () => news.ring());
  const halt = (): void => client.close();
  stop.addEventListener('abort', halt, { once: true });
  try {
    const opened = await client.mailboxOpen(mailbox, { readOnly: true });
    const epoch = opened.uidValidity.toString();
    let last = await startOf(inbox, mailbox, epoch);
    await inbox.report(undefined);
    while (client.usable && !stop.aborted) {
      news = wake();
      last = await drain(client, { mailbox, epoch, last }, inbox, stop);
      await Promise.race([news.rung, closed]);
    }
  } finally {
    stop.removeEventListener('abort', halt);
  }
}

function wake(): { ring: () => void; rung: Promise<void> } {
  let ring = (): void => undefined;
  const rung = new Promise<void>((resolve) => {
    ring = resolve;
  });
  return { ring, rung };
}

/** Where to go on. A mailbox that was numbered anew (another UIDVALIDITY) is read from its start. */
async function startOf(inbox: Inbox, mailbox: string, epoch: string): Promise<number> {
  const cursor = await inbox.cursor(mailbox);
  return cursor?.epoch === epoch ? Number(cursor.position) : 0;
}

interface Place {
  readonly mailbox: string;
  readonly epoch: string;
  readonly last: number;
}

/** Takes in all mails above `place.last`; the next chunk is fetched while the one before is being stored. */
async function drain(client: ImapFlow, place: Place, inbox: Inbox, stop: AbortSignal): Promise<number> {
  const found = await client.search({ uid: `${place.last + 1}:*` }, { uid: true });
  // `n:*` also gives the last mail when it is below n.
  const uids = (found || []).filter((uid) => uid > place.last).toSorted((a, b) => a - b);
  let storing: Promise<unknown> = Promise.resolve();
  try {
    for await (const chunk of chunksOf(client, uids)) {
      const items = await fetchChunk(client, chunk, place);
      await storing;
      if (stop.aborted) return place.last;
      storing = inbox.put(items, positionAt(place, chunk.uids.at(-1)!));
      // Awaited a round later; until then a failure must not count as unhandled.
      storing.catch(() => undefined);
    }
  } finally {
    await storing;
  }
  return uids.at(-1) ?? place.last;
}

/** Asks for sizes before bytes, so that no chunk is larger than we want to hold. */
async function* chunksOf(client: ImapFlow, uids: readonly number[]): AsyncGenerator<FetchChunk> {
  for (let at = 0; at < uids.length; at += windowMails) {
    yield* planFetch(await sizesOf(client, uids.slice(at, at + windowMails)));
  }
}

const positionAt = ({ mailbox, epoch }: Place, uid: number): CursorPosition => ({
  name: mailbox,
  epoch,
  position: String(uid),
});

async function sizesOf(client: ImapFlow, uids: readonly number[]): Promise<MailSize[]> {
  const sizes: MailSize[] = [];
  for await (const { uid, size } of client.fetch(sequenceSet(uids), { uid: true, size: true }, { uid: true })) {
    sizes.push({ uid, size: size ?? 0 });
  }
  return sizes.toSorted((a, b) => a.uid - b.uid);
}

async function fetchChunk(client: ImapFlow, chunk: FetchChunk, place: Place): Promise<RawItem[]> {
  const items: RawItem[] = [];
  const query = chunk.headerOnly ? { headers: true, size: true } : { source: true };
  const set = sequenceSet(chunk.uids);
  for await (const mail of client.fetch(set, { uid: true, internalDate: true, ...query }, { uid: true })) {
    // Neither bytes nor header: the mail was deleted between the two questions.
    if (mail.source ?? mail.headers) items.push(itemOf(mail, place));
  }
  return items.toSorted((a, b) => Number(a.source['uid']) - Number(b.source['uid']));
}

function itemOf(mail: FetchMessageObject, { mailbox, epoch }: Place): RawItem {
  const bytes = mail.source ?? oversizeMail(mail.headers ?? Buffer.alloc(0), mail.size ?? 0);
  const arrived = mail.internalDate instanceof Date ? mail.internalDate.toISOString() : String(mail.internalDate ?? '');
  return { ...mailKeys(bytes, arrived), source: { mailbox, epoch, uid: mail.uid }, bytes };
}
