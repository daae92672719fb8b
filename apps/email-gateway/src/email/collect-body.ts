import { decodeCharset } from './decode-charset.js';
import { cleanFileName, madeUpName } from './file-name.js';
import { decodeFlowed } from './flowed-text.js';
import { parameterText, readStructured } from './header-parameters.js';
import { htmlText } from './html-text.js';
import { mailLimits } from './mail-limits.js';
import { headerOf, readMime, type MimePart } from './read-mime.js';
import { decodeTransfer } from './transfer-encoding.js';
import { cut, oneLine } from './well-formed.js';
import { decodeHeader } from './decode-header.js';

export interface MailAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  /** Absent when a limit kept the bytes out. */
  readonly bytes: Uint8Array | undefined;
  readonly missing: 'too-large' | 'too-many' | undefined;
  readonly inlineId: string | undefined;
}

export interface MailBody {
  readonly text: string;
  readonly html: string | undefined;
  readonly attachments: readonly MailAttachment[];
  readonly flags: readonly string[];
}

/** Text and HTML of a subtree; either may be missing. */
interface Piece {
  readonly text?: string;
  readonly html?: string;
}

interface Collecting {
  readonly attachments: MailAttachment[];
  readonly flags: Set<string>;
  bytes: number;
}

/** What of the tree is read as the message, and what is attached to it. */
export function collectBody(root: MimePart): MailBody {
  const collecting: Collecting = { attachments: [], flags: new Set(), bytes: 0 };
  const piece = collect(root, collecting);
  const fromHtml = piece.text?.trim() ? piece.text : htmlText(piece.html ?? '');
  const whole = fromHtml.replaceAll('\r\n', '\n').replaceAll('\r', '\n').trim();
  const text = cut(whole, mailLimits.text);
  if (text.length < whole.length) collecting.flags.add('text-cut');
  const tooLarge = Buffer.byteLength(piece.html ?? '') > mailLimits.htmlBytes;
  if (tooLarge) collecting.flags.add('html-too-large');
  return {
    text,
    html: tooLarge || !piece.html?.trim() ? undefined : piece.html,
    attachments: collecting.attachments,
    flags: [...collecting.flags],
  };
}

function collect(part: MimePart, into: Collecting): Piece {
  if (part.children.length > 0) {
    const pieces = part.children.map((child) => collect(child, into));
    return part.type.value === 'multipart/alternative' ? alternative(pieces) : sequence(pieces);
  }
  const name = nameOf(part);
  const disposition = readStructured(headerOf(part.headers, 'content-disposition') ?? '').value;
  const readable = part.type.value === 'text/plain' || part.type.value === 'text/html';
  if (!readable || name || disposition === 'attachment') {
    attach(part, name, into);
    return {};
  }
  const text = decodeCharset(decodeTransfer(part.body, part.encoding), parameterText(part.type, 'charset'));
  return part.type.value === 'text/html' ? { html: text } : { text: unflow(part, text) };
}

const unflow = (part: MimePart, text: string): string =>
  parameterText(part.type, 'format')?.toLowerCase() === 'flowed'
    ? decodeFlowed(text, parameterText(part.type, 'delsp')?.toLowerCase() === 'yes')
    : text;

/** The same said several times: the first plain text and the last, richest, HTML. */
function alternative(pieces: readonly Piece[]): Piece {
  const text = pieces.find((piece) => piece.text?.trim() && piece.html === undefined)?.text ?? sequence(pieces).text;
  const html = pieces.findLast((piece) => piece.html !== undefined)?.html;
  return { ...(text === undefined ? {} : { text }), ...(html === undefined ? {} : { html }) };
}

/** Texts one after another; where only some have HTML, the others are shown in it too. */
function sequence(pieces: readonly Piece[]): Piece {
  const filled = pieces.filter((piece) => piece.text !== undefined || piece.html !== undefined);
  if (filled.length <= 1) return filled[0] ?? {};
  const text = filled.map((piece) => piece.text ?? htmlText(piece.html ?? '')).join('\n');
  if (filled.every((piece) => piece.html === undefined)) return { text };
  return { text, html: filled.map((piece) => piece.html ?? asHtml(piece.text ?? '')).join('\n<br>\n') };
}

const asHtml = (text: string): string =>
  `<div style="white-space: pre-wrap">${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</div>`;

/** `filename*`, `filename`, `name*`, `name`, in this order. */
function nameOf(part: MimePart): string {
  const disposition = readStructured(headerOf(part.headers, 'content-disposition') ?? '');
  const charset = parameterText(part.type, 'charset');
  const given = parameterText(disposition, 'filename', charset) ?? parameterText(part.type, 'name', charset);
  return cleanFileName(given ?? '');
}

const mediaTypePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,62}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,62}$/;

function attach(part: MimePart, name: string, into: Collecting): void {
  const mediaType = mediaTypePattern.test(part.type.value) ? part.type.value : 'application/octet-stream';
  const bytes = decodeTransfer(part.body, part.encoding);
  const missing = overLimit(bytes.length, into);
  if (missing) into.flags.add(`attachment-${missing}`);
  else into.bytes += bytes.length;
  // The names of the rest of ten thousand attachments help nobody.
  if (into.attachments.length >= mailLimits.attachments * 2) return;
  const inlineId = cut(oneLine(headerOf(part.headers, 'content-id') ?? '').replace(/^<|>$/g, ''), 255);
  into.attachments.push({
    name: name || nameOfContent(part, bytes) || madeUpName(mediaType, into.attachments.length + 1),
    mediaType,
    size: bytes.length,
    bytes: missing ? undefined : bytes,
    missing,
    inlineId: inlineId || undefined,
  });
}

function overLimit(size: number, into: Collecting): MailAttachment['missing'] {
  if (into.attachments.length >= mailLimits.attachments) return 'too-many';
  const sum = into.bytes + size;
  return size > mailLimits.attachmentBytes || sum > mailLimits.attachmentsBytes ? 'too-large' : undefined;
}

/** A forwarded mail without a name is called by its subject. */
function nameOfContent(part: MimePart, bytes: Buffer): string {
  if (part.type.value !== 'message/rfc822') return '';
  const subject = headerOf(readMime(bytes.subarray(0, mailLimits.headerBytes)).root.headers, 'subject');
  const name = subject ? cleanFileName(cut(oneLine(decodeHeader(subject)), 80)) : '';
  return name && `${name}.eml`;
}
