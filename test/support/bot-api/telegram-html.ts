import { badRequest } from './api-error.js';

export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
}

export interface ParsedText {
  readonly text: string;
  readonly entities: readonly Entity[];
}

const kinds: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  blockquote: 'blockquote',
  'tg-spoiler': 'spoiler',
};
const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface OpenTag {
  readonly tag: string;
  readonly offset: number;
  readonly attribute: string | undefined;
}

/** `parse_mode: HTML` as the Bot API server reads it: the tags it knows, closed in order, nothing else. */
export function parseTelegramHtml(html: string): ParsedText {
  const entities: Entity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  for (const match of html.matchAll(/<(\/?)([^>]*)(>?)|&(?:#(\d+)|#x([\da-f]+)|(\w+));|[^<&]+|&/gi)) {
    const [piece, slash, inner = '', end, decimal, hex, name] = match;
    if (!piece.startsWith('<')) {
      text += characterOf(piece, decimal, hex, name);
      continue;
    }
    const place = `at byte offset ${Buffer.byteLength(html.slice(0, match.index))}`;
    const tag = knownTag(inner, end === '>', place);
    if (!slash) {
      open.push({ tag, offset: text.length, attribute: /(?:href|class)="([^"]*)"/.exec(inner)?.[1] });
      continue;
    }
    const start = closed(open.pop(), tag, place);
    if (text.length > start.offset) entities.push(entityOf(start, text.length));
  }
  const left = open.pop();
  if (left) throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${left.tag}"`);
  return { text: text.trim(), entities: entities.toSorted((a, b) => a.offset - b.offset) };
}

function knownTag(inner: string, complete: boolean, place: string): string {
  const tag = /^[\w-]*/.exec(inner)?.[0].toLowerCase() ?? '';
  if (complete && tag in kinds) return tag;
  throw badRequest(`can't parse entities: Unsupported start tag "${tag}" ${place}`);
}

function closed(start: OpenTag | undefined, tag: string, place: string): OpenTag {
  if (!start) throw badRequest(`can't parse entities: Unexpected end tag ${place}`);
  if (start.tag === tag) return start;
  throw badRequest(`can't parse entities: Unmatched end tag ${place}, expected "</${start.tag}>", found "</${tag}>"`);
}

function characterOf(piece: string, decimal?: string, hex?: string, name?: string): string {
  if (decimal) return String.fromCodePoint(Number(decimal));
  if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
  return (name && characters[name]) ?? piece;
}

function entityOf({ tag, offset, attribute }: OpenTag, end: number): Entity {
  return {
    type: kinds[tag] ?? tag,
    offset,
    length: end - offset,
    ...(tag === 'a' && { url: attribute?.replaceAll('&amp;', '&') ?? '' }),
    ...(tag === 'code' && attribute?.startsWith('language-') && { language: attribute.slice('language-'.length) }),
  };
}
