import { collectBody, type MailAttachment } from './collect-body.js';
import { decodeHeader } from './decode-header.js';
import { parameterText } from './header-parameters.js';
import { mailboxes, type Mailbox } from './mail-address.js';
import { oversizeHeader } from './mail-limits.js';
import { readMime, type MimePart } from './read-mime.js';
import { cut, oneLine } from './well-formed.js';

/** A mail as it reads, before anything is concluded from it. All text is well-formed, decoded exactly once. */
export interface ParsedMail {
  readonly headers: MailHeaders;
  readonly from: Mailbox | undefined;
  readonly replyTo: readonly Mailbox[];
  readonly to: readonly Mailbox[];
  readonly cc: readonly Mailbox[];
  readonly subject: string;
  /** Without angle brackets. */
  readonly messageId: string;
  readonly sentAt: string | undefined;
  readonly text: string;
  /** As received, hostile; absent where the mail has none or one too large to show. */
  readonly html: string | undefined;
  readonly attachments: readonly MailAttachment[];
  readonly root: MimePart;
  readonly flags: readonly string[];
}

/** Header values by name; names in lower case, values decoded to one line. */
export interface MailHeaders {
  first(name: string): string | undefined;
  all(name: string): readonly string[];
  /** Names in the order of the mail. */
  readonly names: readonly string[];
}

/** Reads raw bytes of a mail. Never throws: what can't be understood is left out and named in `flags`. */
export function parseMail(bytes: Uint8Array): ParsedMail {
  const tree = readMime(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const oversize = tree.root.headers[0]?.name === oversizeHeader;
  const root = oversize ? asPlainText(tree.root) : tree.root;
  const charset = firstCharset(root);
  const body = collectBody(root);
  const people = readPeople(root, charset);
  const headers = mailHeaders(root, charset);
  return {
    headers,
    ...people.mailboxes,
    subject: cut(headers.first('subject') ?? '', 998),
    messageId: cut(messageIdOf(headers.first('message-id') ?? ''), 998),
    sentAt: readDate(headers.first('date')),
    text: body.text,
    html: body.html,
    attachments: body.attachments,
    root,
    flags: [...tree.flags, ...body.flags, ...people.flags, ...duplicates(root), ...(oversize ? ['too-large'] : [])],
  };
}

/** The stand-in for a mail over the size limit has the header of the mail and a plain body of our own. */
const asPlainText = (root: MimePart): MimePart => ({
  ...root,
  type: { value: 'text/plain', parameters: new Map([['charset', 'utf-8']]) },
  encoding: '8bit',
  children: [],
});

/** The charset of the first text: raw 8-bit headers were most likely written in it. */
function firstCharset(root: MimePart): string | undefined {
  const queue: MimePart[] = [root];
  for (let part = queue.shift(); part; part = queue.shift()) {
    const charset = parameterText(part.type, 'charset');
    if (charset) return charset;
    queue.push(...part.children);
  }
  return undefined;
}

function mailHeaders(root: MimePart, charset: string | undefined): MailHeaders {
  const values = (name: string): string[] =>
    root.headers.filter((header) => header.name === name).map(({ value }) => oneLine(decodeHeader(value, charset)));
  return {
    first: (name) => values(name)[0],
    all: values,
    names: root.headers.map(({ name }) => name),
  };
}

/** `<a@b>` and everything that broken programs write around it. */
export const messageIdOf = (value: string): string => (/<([^<>]+)>/.exec(value)?.[1] ?? value).replace(/\s+/g, '');

function readPeople(root: MimePart, charset: string | undefined) {
  const list = (name: string): Mailbox[] =>
    root.headers.filter((header) => header.name === name).flatMap(({ value }) => mailboxes(value, charset));
  const replyTo = list('reply-to');
  const author = list('from')[0] ?? list('sender')[0] ?? replyTo[0];
  const envelope = author ? undefined : list('return-path')[0];
  const flags = author ? [] : [envelope ? 'sender-from-envelope' : 'no-sender'];
  return { mailboxes: { from: author ?? envelope, replyTo, to: list('to'), cc: list('cc') }, flags };
}

/** A header that may stand once and stands twice shows different things to different readers. */
function duplicates(root: MimePart): string[] {
  const twice = ['from', 'subject', 'message-id', 'date'].some(
    (name) => root.headers.filter((header) => header.name === name).length > 1,
  );
  return twice ? ['malformed'] : [];
}

function readDate(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const time = Date.parse(value.replace(/\([^()]*\)/g, ' ').trim());
  if (Number.isNaN(time)) return undefined;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  return year >= 1970 && year <= 9999 ? date.toISOString() : undefined;
}
