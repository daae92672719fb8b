import { parameterText, readStructured, type StructuredHeader } from './header-parameters.js';
import { mailLimits } from './mail-limits.js';
import { cutHeaders, readHeaders, type Header } from './read-headers.js';

/** A node of the tree that a mail is. Leaves have a body, multiparts have children. */
export interface MimePart {
  readonly headers: readonly Header[];
  readonly type: StructuredHeader;
  /** Still in its transfer encoding. */
  readonly body: Buffer;
  readonly encoding: string;
  readonly children: readonly MimePart[];
}

export interface MimeTree {
  readonly root: MimePart;
  /** `header-cut`, `too-many-parts`, `too-deep`: what the limits took away from the structure. */
  readonly flags: readonly string[];
}

interface Reading {
  parts: number;
  flags: Set<string>;
}

/** Splits a mail into its parts without decoding any. Never throws, whatever the bytes. */
export function readMime(bytes: Buffer): MimeTree {
  const reading: Reading = { parts: 0, flags: new Set() };
  const split = readHeaders(bytes);
  const big = split.bodyStart > mailLimits.headerBytes;
  if (big) reading.flags.add('header-cut');
  const headers = big ? cutHeaders(split.headers) : split.headers;
  const root = part(headers, bytes.subarray(split.bodyStart), 'text/plain', 0, reading);
  return { root, flags: [...reading.flags] };
}

function part(headers: readonly Header[], body: Buffer, fallback: string, depth: number, reading: Reading): MimePart {
  reading.parts += 1;
  const declared = readStructured(headerOf(headers, 'content-type') ?? fallback);
  const type = /^[^/\s]+\/[^/\s]+$/.test(declared.value) ? declared : { ...declared, value: fallback };
  const encoding = (headerOf(headers, 'content-transfer-encoding') ?? '').toLowerCase().match(/[\w-]+/)?.[0] ?? '';
  const leaf = { headers, type, body, encoding, children: [] };
  if (!type.value.startsWith('multipart/')) return leaf;
  const sections = sectionsOf(type, body);
  // A multipart that can't be split (no boundary, or one that never comes) is text: its reader sees everything.
  if (sections.length === 0) return { ...leaf, type: { value: 'text/plain', parameters: type.parameters } };
  if (depth >= mailLimits.depth) {
    reading.flags.add('too-deep');
    return { ...leaf, type: { value: 'application/octet-stream', parameters: new Map() } };
  }
  const childFallback = type.value === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const children: MimePart[] = [];
  for (const section of sections) {
    if (reading.parts >= mailLimits.parts) {
      reading.flags.add('too-many-parts');
      break;
    }
    const split = readHeaders(section);
    children.push(part(split.headers, section.subarray(split.bodyStart), childFallback, depth + 1, reading));
  }
  return { ...leaf, children };
}

function sectionsOf(type: StructuredHeader, body: Buffer): Buffer[] {
  const boundary = parameterText(type, 'boundary') ?? '';
  return boundary ? sections(body, Buffer.from(`--${boundary}`, 'latin1')) : [];
}

export const headerOf = (headers: readonly Header[], name: string): string | undefined =>
  headers.find((header) => header.name === name)?.value;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const dash = 0x2d;

/** What stands between delimiter lines. A missing end delimiter (a mail cut off) ends the last section. */
function sections(body: Buffer, delimiter: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let start = -1;
  let at = body.indexOf(delimiter);
  // One more than the limit: the reader then sees that there were more.
  while (at >= 0 && found.length <= mailLimits.parts) {
    const line = delimiterLine(body, at, delimiter.length);
    if (line) {
      if (start >= 0) found.push(body.subarray(start, Math.max(start, endOfSection(body, at))));
      start = line.closes ? -1 : line.end;
      if (line.closes) return found;
    }
    at = body.indexOf(delimiter, at + delimiter.length);
  }
  if (start >= 0 && start < body.length) found.push(body.subarray(start));
  return found;
}

/** The line at `at` if it is a delimiter: at the start of a line, followed by blanks or `--` alone. */
function delimiterLine(body: Buffer, at: number, length: number): { end: number; closes: boolean } | undefined {
  if (at > 0 && body[at - 1] !== lineFeed) return undefined;
  const closes = body[at + length] === dash && body[at + length + 1] === dash;
  const feed = body.indexOf(lineFeed, at + length);
  const end = feed < 0 ? body.length : feed + 1;
  const rest = body.toString('latin1', at + length + (closes ? 2 : 0), Math.min(end, at + length + 200));
  return rest.trim() === '' ? { end, closes } : undefined;
}

/** The line end before a delimiter belongs to the delimiter. */
function endOfSection(body: Buffer, at: number): number {
  const feed = at - 1;
  return body[feed - 1] === carriageReturn ? feed - 1 : feed;
}
