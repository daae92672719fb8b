import type { OutboundItem } from '#libs/channels';
import { domainOf, mailAddress } from './mail-address.js';
import { markdownHtml } from './markdown-html.js';
import { ownRecipient, type OwnMailbox } from './own-recipient.js';
import type { EmailSettings } from './settings.js';
import { cut, oneLine, wellFormed } from './well-formed.js';

/** A mail ready to be put into MIME; every value of a header is one clean line. */
export interface ComposedMail {
  readonly envelope: { readonly from: string | false; readonly to: string[] };
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly replyTo?: string;
  readonly subject: string;
  /** With angle brackets, like all ids here. */
  readonly messageId: string;
  readonly date: Date;
  readonly inReplyTo?: string;
  readonly references?: string[];
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly html: string;
  readonly attachments: { readonly filename: string; readonly contentType: string; readonly content: Buffer }[];
  /** Fixed, so that each attempt makes the same bytes. */
  readonly baseBoundary: string;
  readonly textEncoding: 'B';
  readonly xMailer: false;
  readonly disableFileAccess: true;
  readonly disableUrlAccess: true;
}

export interface Sender {
  readonly address: string;
  readonly settings: Pick<EmailSettings, 'name' | 'plusAddressing'>;
}

/** Our address that an answer leaves from: the one written to, if it is one of the account's own. */
export function senderAddress(from: string | undefined, own: OwnMailbox): string | undefined {
  const writtenTo = from === undefined ? undefined : ownRecipient(from, own);
  return writtenTo ?? (own.address === undefined ? undefined : mailAddress(own.address));
}

/** The Message-ID of an item, without brackets. */
export const messageIdFor = (externalId: string, address: string): string =>
  `${cleanId(externalId)}@${domainOf(address)}`;

/** An outbound item as a mail. `files` are the bytes of its attachments, in order. Pure: the same item, the same mail. */
export function composeMail(
  { message, externalId, createdAt }: Pick<OutboundItem, 'message' | 'externalId' | 'createdAt'>,
  sender: Sender,
  files: readonly Uint8Array[],
): ComposedMail {
  const { address, settings } = sender;
  const to = mailAddress(message.to) ?? '';
  const chain = threadChain(message.references, address);
  const text = wellFormed(message.text).replaceAll(/\r\n?/g, '\n');
  return {
    // RFC 5321, 4.5.5: what a machine answers must never be answered, not even by a bounce.
    envelope: { from: message.automatic ? false : address, to: [to] },
    from: { name: oneLine(settings.name), address },
    to: { name: '', address: to },
    ...(settings.plusAddressing && message.replyTag ? { replyTo: plusAddress(address, message.replyTag) } : {}),
    subject: subjectLine(message.subject ?? '', message.ticketNumber, chain.length > 0),
    messageId: `<${messageIdFor(externalId, address)}>`,
    date: createdAt,
    ...(chain.length > 0 ? { inReplyTo: chain.at(-1)!, references: chain } : {}),
    headers: {
      'X-Loop': address,
      ...(message.automatic ? { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' } : {}),
    },
    text,
    html: markdownHtml(text),
    attachments: message.attachments.map(({ name, mediaType }, index) => ({
      filename: oneLine(name) || `attachment-${index + 1}`,
      contentType: /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/octet-stream',
      content: Buffer.from(files[index] ?? new Uint8Array()),
    })),
    baseBoundary: cleanId(externalId),
    textEncoding: 'B',
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const cleanId = (id: string): string => oneLine(id).replace(/[^\w.+=-]/g, '');

const plusAddress = (address: string, tag: string): string => address.replace('@', `+${tag.replace(/[^\w.-]/g, '')}@`);

const longestChain = 20;

/** Ids of the thread for References, oldest first; of a long one the first and the latest are kept (RFC 5322, 3.6.4). */
function threadChain(references: readonly string[], address: string): string[] {
  const ids = references
    .map((id) => id.replace(/[\s<>\p{Cc}]/gu, ''))
    .filter((id) => id !== '' && id.length <= 998 && /^[\x21-\x7E]+$/.test(id))
    .map((id) => (id.includes('@') ? id : `${id}@${domainOf(address)}`));
  const unique = [...new Set(ids)];
  const kept = unique.length <= longestChain ? unique : [unique[0]!, ...unique.slice(1 - longestChain)];
  return kept.map((id) => `<${id}>`);
}

const replyPrefix = /^\s*(?:(?:re|fwd?|fw|aw|wg|sv|vs|tr|rv|odp|ответ|отв|на|пересл)(?:\[\d+\])?\s*:\s*)+/iu;

/** `Re: [№1042] Не могу войти`: one prefix and one number, however many the mail before had. */
function subjectLine(subject: string, number: string, answers: boolean): string {
  const tag = number ? `[№${oneLine(number)}]` : '';
  const line = oneLine(subject);
  const bare = (tag ? line.replaceAll(tag, ' ') : line).replace(replyPrefix, '').trim();
  return cut([answers ? 'Re:' : '', tag, bare].filter(Boolean).join(' '), 300);
}
