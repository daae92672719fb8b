import MarkdownIt, { type Token } from 'markdown-it';

/**
 * A stretch of visible text and the marks on it, outermost first: `blockquote`, `a:<address>`, `b`, `i`, `s`, `code`,
 * `pre:<language>`. Telegram itself thinks in this way: a flat text and entities over it.
 */
export interface Run {
  readonly text: string;
  readonly marks: readonly string[];
}

// What people type in an answer, and nothing that could swallow a line of it: no HTML, no tables, no indented code.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'code',
  'lheading',
  'reference',
  'table',
]);

const inlineMarks: Readonly<Record<string, string>> = { strong: 'b', em: 'i', s: 's' };
const linkSchemes = /^(https?|tg):/i;

/** Markdown as the text that a person sees, in marked stretches. */
export function readMarkdown(text: string): Run[] {
  const reader = new Reader();
  for (const token of markdown.parse(text, {})) reader.block(token);
  return reader.runs;
}

export const visibleText = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

/** Markdown as Telegram's HTML. */
export const formatText = (text: string): string => toHtml(readMarkdown(text));

/** Markdown without any mark, for a server that does not take the HTML. */
export const plainText = (text: string): string => visibleText(readMarkdown(text)).trim();

/** Walks markdown-it's tokens with the state that they leave implicit: quotes, lists, marks that are open. */
class Reader {
  readonly runs: Run[] = [];
  private readonly open: string[] = [];
  private readonly lists: { next: number | undefined }[] = [];
  private quotes = 0;
  private quoted = false;
  /** The text of a list's item stands behind its marker. */
  private marker = '';
  private linkFrom = 0;

  block(token: Token): void {
    switch (token.type) {
      case 'blockquote_open':
        if (this.quotes++ === 0) this.quoted = false;
        return;
      case 'blockquote_close':
        this.quotes -= 1;
        this.quoted = false;
        return;
      case 'bullet_list_open':
        this.lists.push({ next: undefined });
        return;
      case 'ordered_list_open':
        this.lists.push({ next: Number(token.attrGet('start') ?? 1) });
        return;
      case 'bullet_list_close':
      case 'ordered_list_close':
        this.lists.pop();
        return;
      case 'list_item_open':
        this.marker += this.nextMarker();
        return;
      case 'list_item_close':
        if (this.marker) this.separate('\n');
        return;
      default:
        this.leaf(token);
    }
  }

  private leaf(token: Token): void {
    switch (token.type) {
      case 'paragraph_open':
        return this.separate(token.hidden ? '\n' : '\n\n');
      case 'heading_open':
        this.separate('\n\n');
        return this.toggle('b', true);
      case 'heading_close':
        return this.toggle('b', false);
      case 'inline':
        for (const child of token.children ?? []) this.inline(child);
        return;
      case 'fence':
        this.separate('\n\n');
        this.runs.push({
          text: token.content.replace(/\n$/, ''),
          marks: [`pre:${token.info.trim().split(/\s/)[0] ?? ''}`],
        });
        return;
      case 'hr':
        this.separate('\n\n');
        this.say('———');
    }
  }

  private inline(token: Token): void {
    const mark = inlineMarks[token.tag];
    if (mark) return this.toggle(mark, token.nesting > 0);
    switch (token.type) {
      case 'link_open':
        this.linkFrom = this.runs.length;
        return this.toggle(`a:${String(token.attrGet('href') ?? '')}`, true);
      case 'link_close':
        return this.closeLink();
      case 'code_inline':
        return this.say(token.content, 'code');
      case 'softbreak':
      case 'hardbreak':
        return this.say('\n');
      case 'image':
        return this.say(token.content || String(token.attrGet('src') ?? ''));
      default:
        this.say(token.content);
    }
  }

  private toggle(mark: string, on: boolean): void {
    if (on) this.open.push(mark);
    else this.open.splice(this.open.lastIndexOf(mark), 1);
  }

  /** Telegram links to web addresses only; any other is written out behind the words. */
  private closeLink(): void {
    const at = this.open.findLastIndex((mark) => mark.startsWith('a:'));
    const [link = ''] = this.open.splice(at, 1);
    const href = link.slice(2);
    const words = visibleText(this.runs.slice(this.linkFrom));
    if (!words) this.say(href);
    else if (!linkSchemes.test(href) && href.replace(/^(mailto|tel):/, '') !== words) this.say(` (${href})`);
  }

  private say(text: string, extra?: string): void {
    if (text) this.runs.push({ text, marks: this.marks(extra) });
  }

  private marks(extra?: string): string[] {
    const quote = this.quotes > 0 ? ['blockquote'] : [];
    const link = this.open.find((mark) => mark.startsWith('a:') && linkSchemes.test(mark.slice(2)));
    // Telegram lets nothing but a quote stand around code.
    if (extra && !link) return [...quote, extra];
    const style = ['b', 'i', 's'].filter((mark) => this.open.includes(mark));
    return [...quote, ...(link ? [link] : []), ...style];
  }

  private nextMarker(): string {
    const list = this.lists.at(-1);
    const indent = '  '.repeat(Math.max(0, this.lists.length - 1));
    if (list?.next === undefined) return `${indent}• `;
    return `${indent}${list.next++}. `;
  }

  private separate(gap: string): void {
    const inside = this.quotes > 0 && this.quoted;
    if (this.runs.length > 0) this.runs.push({ text: gap, marks: inside ? ['blockquote'] : [] });
    if (this.quotes > 0) this.quoted = true;
    if (this.marker) this.runs.push({ text: this.marker, marks: this.quotes > 0 ? ['blockquote'] : [] });
    this.marker = '';
  }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (char) => escapes[char] ?? char);

function toHtml(runs: readonly Run[]): string {
  let html = '';
  let open: readonly string[] = [];
  for (const { text, marks } of [...runs, { text: '', marks: [] }]) {
    const kept = open.findIndex((mark, i) => mark !== marks[i]);
    const common = kept < 0 ? open.length : kept;
    html +=
      open.slice(common).toReversed().map(closing).join('') + marks.slice(common).map(opening).join('') + escape(text);
    open = marks;
  }
  return html.trim();
}

function opening(mark: string): string {
  if (mark.startsWith('a:')) return `<a href="${escape(mark.slice(2))}">`;
  if (!mark.startsWith('pre:')) return `<${mark}>`;
  const language = mark.slice(4);
  return language ? `<pre><code class="language-${escape(language)}">` : '<pre>';
}

function closing(mark: string): string {
  if (mark.startsWith('a:')) return '</a>';
  if (!mark.startsWith('pre:')) return `</${mark}>`;
  return mark === 'pre:' ? '</pre>' : '</code></pre>';
}
