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

/** `parse_mode: HTML` as the Bot API server reads it: the tags it knows, closed in order, nothing else. */
export function parseTelegramHtml(html: string): ParsedText {
  const entities: Entity[] = [];
  const open: { tag: string; offset: number; attribute: string | undefined }[] = [];
  let text = '';
  const bytesBefore = (at: number): number => Buffer.byteLength(html.slice(0, at));
  for (const match of html.matchAll(/<(\/?)([^>]*)(>?)|&(?:#(\d+)|#x([\da-f]+)|(\w+));|[^<&]+|&/gi)) {
    const [piece, slash, inner = '', end, decimal, hex, name] = match;
    if (!piece.startsWith('<')) {
      text += characterOf(piece, decimal, hex, name);
      continue;
    }
    const tag = /^[\w-]*/.exec(inner)?.[0].toLowerCase() ?? '';
    if (!end || !(tag in kinds)) {
      throw badRequest(
        `can't parse entities: Unsupported start tag "${tag}" at byte offset ${bytesBefore(match.index)}`,
      );
    }
    if (!slash) {
      open.push({ tag, offset: text.length, attribute: /(?:href|class)="([^"]*)"/.exec(inner)?.[1] });
      continue;
    }
    const start = open.pop();
    if (start?.tag !== tag) {
      throw badRequest(
        start
          ? `can't parse entities: Unmatched end tag at byte offset ${bytesBefore(match.index)}, expected "</${start.tag}>", found "</${tag}>"`
          : `can't parse entities: Unexpected end tag at byte offset ${bytesBefore(match.index)}`,
      );
    }
    if (text.length > start.offset) entities.push(entityOf(start, text.length));
  }
  const unclosed = open.pop();
  if (unclosed)
    throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text: text.trim(), entities: entities.toSorted((a, b) => a.offset - b.offset) };
}

function characterOf(piece: string, decimal?: string, hex?: string, name?: string): string {
  if (decimal) return String.fromCodePoint(Number(decimal));
  if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
  return (name && characters[name]) ?? piece;
}

function entityOf(
  { tag, offset, attribute }: { tag: string; offset: number; attribute: string | undefined },
  end: number,
): Entity {
  return {
    type: kinds[tag] ?? tag,
    offset,
    length: end - offset,
    ...(tag === 'a' && { url: attribute?.replaceAll('&amp;', '&') ?? '' }),
    ...(tag === 'code' && attribute?.startsWith('language-') && { language: attribute.slice('language-'.length) }),
  };
}
