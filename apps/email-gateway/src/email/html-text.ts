import { Parser } from 'htmlparser2';
import { mailLimits } from './mail-limits.js';
import { cut, wellFormed } from './well-formed.js';

const blocks = new Set(
  'address article aside blockquote center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul'.split(
    ' ',
  ),
);
const paragraphs = new Set(['blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ol', 'p', 'table', 'ul']);
const unseen = new Set(['head', 'script', 'style', 'template', 'title', 'noscript', 'object', 'svg']);

const maxDepth = 1000;
const step = 32 * 1024;

/**
 * The text of an HTML body for people and for search. Walks the tags as they come, so depth costs nothing. Quotes
 * that mail programs mark as such get the `> ` of plain text; a blockquote used for indenting does not.
 */
export function htmlText(html: string): string {
  const text = new TextFlow();
  const open: { name: string; hides: boolean; quotes: boolean; keeps: boolean }[] = [];
  let hidden = 0;
  const close = (): void => {
    const tag = open.pop();
    if (!tag) return;
    if (tag.hides) hidden -= 1;
    if (blocks.has(tag.name)) text.line(paragraphs.has(tag.name));
    if (tag.quotes) text.quote(-1);
    if (tag.keeps) text.preformatted -= 1;
  };
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const tag = { name, hides: unseen.has(name), quotes: isQuote(name, attributes), keeps: name === 'pre' };
        open.push(tag);
        if (tag.hides) hidden += 1;
        if (hidden > 0) return;
        if (tag.keeps) text.preformatted += 1;
        startTag(text, name, attributes, tag.quotes);
      },
      ontext(data) {
        if (hidden === 0) text.words(data);
      },
      onclosetag: close,
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  const source = html.slice(0, mailLimits.htmlBytes);
  let at = 0;
  let end = 0;
  // The parser pays for every open tag at every tag: past any real depth the rest is read without it.
  for (; at < source.length && open.length < maxDepth; at = end) {
    end = stepEnd(source, at);
    parser.write(source.slice(at, end));
  }
  parser.end();
  if (at < source.length) text.words(untagged(source.slice(at)));
  return cut(wellFormed(text.finish()), mailLimits.text);
}

/** A step ends before a tag that it would cut: what is read without the parser has to begin with whole tags. */
function stepEnd(source: string, at: number): number {
  const end = at + step;
  const cutTag = end < source.length && /<(?:[a-z/!][^<>]{0,1000})?$/i.exec(source.slice(end - 1002, end));
  return cutTag ? end - cutTag[0].length : end;
}

const untagged = (html: string): string => html.replace(/<[a-z/!][^<>]{0,1000}(?:>|$)/gi, ' ');

function startTag(text: TextFlow, name: string, attributes: Readonly<Record<string, string>>, quotes: boolean): void {
  if (name === 'br') text.breakLine();
  else if (blocks.has(name)) text.line(paragraphs.has(name));
  if (quotes) text.quote(1);
  if (name === 'li') text.words('• ');
  else if (name === 'td' || name === 'th') text.words(' ');
  else if (name === 'img' && attributes['alt']) text.words(`[${attributes['alt']}]`);
  else if (name === 'hr') text.words('----------');
}

function isQuote(name: string, attributes: Readonly<Record<string, string>>): boolean {
  if (name === 'mail-quote-collapse') return true;
  if (name !== 'blockquote') return false;
  const { type = '', class: classes = '', style = '' } = attributes;
  return (
    type === 'cite' ||
    /gmail_quote|yahoo_quoted|protonmail_quote/.test(classes) ||
    style.toUpperCase().includes('#0857A6')
  );
}

/** Puts words together as a browser would: blanks joined, blocks on lines of their own. */
class TextFlow {
  preformatted = 0;
  private readonly out: string[] = [];
  private pending = 0;
  private blank = false;
  private depth = 0;
  /** Of the quote depths since the last word: an empty line between two depths belongs to the outer one. */
  private lowest = 0;
  private started = false;

  words(data: string): void {
    if (this.preformatted > 0) return this.kept(data);
    const joined = data.replace(/[\s\u00A0]+/gu, ' ');
    if (joined === ' ' || joined === '') {
      this.blank ||= joined === ' ';
      return;
    }
    this.put(joined.startsWith(' ') || this.blank ? ` ${joined.trim()}` : joined.trim());
    this.blank = joined.endsWith(' ');
  }

  /** A new line for a block, an empty one before it for a paragraph; several in a row make one. */
  line(paragraph: boolean): void {
    if (this.started) this.pending = Math.max(this.pending, paragraph ? 2 : 1);
    this.blank = false;
  }

  breakLine(): void {
    if (this.started) this.pending = Math.min(this.pending + 1, 2);
    this.blank = false;
  }

  quote(change: 1 | -1): void {
    this.depth = Math.max(0, this.depth + change);
    this.lowest = Math.min(this.lowest, this.depth);
  }

  finish(): string {
    return this.out.join('').trim();
  }

  private kept(data: string): void {
    const [first = '', ...rest] = data.split(/\r?\n/);
    if (first) this.put(first);
    for (const line of rest) {
      this.breakLine();
      if (line) this.put(line);
    }
  }

  private put(text: string): void {
    const mark = quoteMark(this.depth);
    const freshLine = !this.started || this.pending > 0;
    if (!this.started) this.out.push(mark);
    else if (this.pending > 0)
      this.out.push(`\n${quoteMark(this.lowest).trimEnd()}`.repeat(this.pending - 1), `\n${mark}`);
    this.out.push(freshLine && this.preformatted === 0 ? text.trimStart() : text);
    this.started = true;
    this.pending = 0;
    this.lowest = this.depth;
  }
}

const quoteMark = (depth: number): string => '> '.repeat(Math.min(depth, 10));
