import { mailLimits } from './mail-limits.js';

/** One header line, unfolded: name in lower case, value as raw bytes, one a character. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

export interface HeaderBlock {
  readonly headers: readonly Header[];
  /** Where the body starts: after the empty line, or at 0 when the bytes start with no header at all. */
  readonly bodyStart: number;
}

// RFC 5322 allows any printable name; a first line of prose (`Уважаемые коллеги: …`) is not one.
const headerLine = /^([!-9;-~]{1,200})[ \t]*:/;

/**
 * Reads a header block; linear in its size. A broken line among headers is passed over. Bytes that hold no header
 * which anybody knows and no empty line after it are a body from the start.
 */
export function readHeaders(bytes: Buffer): HeaderBlock {
  const headers: { name: string; lines: string[] }[] = [];
  let at = 0;
  let ended = false;
  while (at < bytes.length && !ended) {
    const { text, next } = lineAt(bytes, at);
    if (text === '') ended = true;
    else if (!addLine(headers, text) && !headerLine.test(lineAt(bytes, next).text)) break;
    at = next;
  }
  if (!ended && at < bytes.length && !headers.some(({ name }) => needed.has(name)))
    return { headers: [], bodyStart: 0 };
  return { headers: headers.map(({ name, lines }) => ({ name, value: lines.join('').trim() })), bodyStart: at };
}

function lineAt(bytes: Buffer, at: number): { text: string; next: number } {
  const feed = bytes.indexOf(0x0a, at);
  const end = feed < 0 ? bytes.length : feed;
  const text = bytes.toString('latin1', at, end);
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text, next: feed < 0 ? bytes.length : feed + 1 };
}

function addLine(headers: { name: string; lines: string[] }[], line: string): boolean {
  const last = headers.at(-1);
  if (last && (line.startsWith(' ') || line.startsWith('\t'))) {
    last.lines.push(line.replaceAll('\r', ' '));
    return true;
  }
  const match = headerLine.exec(line);
  if (!match) return false;
  headers.push({ name: match[1]!.toLowerCase(), lines: [line.slice(match[0].length).replaceAll('\r', ' ')] });
  return true;
}

const needed = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'content-type',
  'content-transfer-encoding',
  'auto-submitted',
  'precedence',
  'list-id',
  'return-path',
  'delivered-to',
]);

/** What is read of a header block over the limit: the headers that matter, each cut, and the first of the others. */
export function cutHeaders(headers: readonly Header[]): readonly Header[] {
  const seen = new Map<string, number>();
  return headers
    .filter(({ name }, index) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return needed.has(name) ? count <= 3 : index < mailLimits.headerLines;
    })
    .map(({ name, value }) => ({ name, value: value.slice(0, mailLimits.headerValue) }));
}
