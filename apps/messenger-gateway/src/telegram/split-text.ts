import { readMarkdown, visibleText, type Run } from './format-text.js';

/** Length as Telegram counts it: UTF-16 units of what is seen, without marks. */
export const visibleLength = (text: string): number => visibleText(readMarkdown(text)).trim().length;

/**
 * One Markdown text as pieces of at most `limit` visible units. A cut falls between paragraphs, else lines, else
 * sentences, else words; where it falls inside a mark, the mark is closed before it and opened again behind it. A cut
 * is taken only when reading the two pieces gives what reading the whole gave.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (visibleLength(rest) > limit) {
    const cut = bestCut(rest, limit) ?? bestCut(literally(rest), limit) ?? bluntCut(rest, limit);
    pieces.push(cut.head);
    rest = cut.tail;
  }
  return rest || pieces.length === 0 ? [...pieces, rest] : pieces;
}

interface Cut {
  readonly head: string;
  readonly tail: string;
}

function bestCut(text: string, limit: number): Cut | undefined {
  // A mark that is still open in the prefix is seen as characters, though it will not be once it is closed.
  const end = longestPrefix(text, limit + longestMark);
  // Reading a book once for every place that is tried would take minutes; no mark reaches this far.
  const horizon = end + 65_536;
  const near = text.slice(0, horizon);
  const whole = fingerprint(near);
  for (const at of places(near, longestPrefix(text, limit) / 2, end)) {
    for (const { head, tail } of repairs(near, at)) {
      const fits = head !== '' && tail.length < near.length && visibleLength(head) <= limit;
      if (fits && fingerprint(head, tail) === whole) return { head, tail: tail + text.slice(horizon) };
    }
  }
  return undefined;
}

const longestMark = 6;

/** The largest source position whose prefix is seen within the limit. */
function longestPrefix(text: string, limit: number): number {
  let low = Math.min(limit, text.length);
  let high = text.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (visibleLength(text.slice(0, middle)) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where text may be cut, best first, each kind from the end; early ones only when there is nothing else. */
const boundaries = [
  { pattern: /\n\s*\n/g, tries: 6 },
  { pattern: /\n/g, tries: 12 },
  { pattern: /(?<=[.!?…]["»”)]?)\s/g, tries: 12 },
  { pattern: /\s/g, tries: 24 },
] as const;

function* places(text: string, start: number, end: number): Generator<number> {
  const window = text.slice(0, end + 1);
  const last = (pattern: RegExp, from: number, tries: number): number[] =>
    [...window.matchAll(pattern)]
      .map((match) => match.index)
      .filter((at) => at > from && at <= end)
      .slice(-tries)
      .toReversed();
  for (const { pattern, tries } of boundaries) yield* last(pattern, start, tries);
  yield* last(/\s/g, 0, 24);
  // A word without an end: between two characters, never inside one.
  for (let at = end; at > Math.max(0, end - 3 * longestMark); at -= 1) if (!splitsPair(text, at)) yield at;
}

const splitsPair = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  const before = text.charCodeAt(at - 1);
  return code >= 0xdc00 && code <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
};

const inlineMarks = ['**', '*', '***', '~~', '`', '_', '__'];

/** The ways to cut at one place: as it is, or with what is open there closed and opened again. */
function* repairs(text: string, at: number): Generator<Cut> {
  const head = text.slice(0, at);
  const tail = text.slice(at);
  const fence = openFence(head);
  if (fence) yield { head: `${head}\n${fence.mark}`, tail: `${fence.line}\n${tail.replace(/^\n/, '')}` };
  const plain = { head: head.trimEnd(), tail: tail.trim() };
  yield plain;
  yield { head: plain.head, tail: `> ${plain.tail}` };
  for (const mark of inlineMarks) yield { head: plain.head + mark, tail: mark + plain.tail };
  for (const mark of inlineMarks) yield { head: plain.head + mark, tail: `> ${mark}${plain.tail}` };
}

/** The fence of code that is still open at the end of `head`. */
function openFence(head: string): { line: string; mark: string } | undefined {
  let open: { line: string; mark: string } | undefined;
  for (const line of head.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (!mark) continue;
    if (!open) open = { line, mark };
    else if (line.trim() === mark && mark.startsWith(open.mark)) open = undefined;
  }
  return open;
}

/** What is seen and how it is marked, without the blanks that a cut may drop. */
function fingerprint(...texts: readonly string[]): string {
  let last = '';
  let print = '';
  for (const { text, marks } of texts.flatMap((part): Run[] => readMarkdown(part))) {
    const seen = text.replace(/\s+/g, '');
    if (!seen) continue;
    const key = marks.join('\u0001');
    print += key === last ? seen : `\u0002${key}\u0003${seen}`;
    last = key;
  }
  return print;
}

/** The same words as Markdown without any mark: for marks that no cut can be repaired in. */
const literally = (text: string): string =>
  visibleText(readMarkdown(text))
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, '\\$&');

function bluntCut(text: string, limit: number): Cut {
  const at = splitsPair(text, limit) ? limit - 1 : limit;
  return { head: text.slice(0, at), tail: text.slice(at) };
}
