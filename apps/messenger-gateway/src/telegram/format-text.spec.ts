import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatText, plainText } from './format-text.js';

describe('formatText', () => {
  it.each([
    ['plain words', 'plain words', 'plain words'],
    ['what HTML would read', 'a < b && c > "d"', 'a &lt; b &amp;&amp; c &gt; &quot;d&quot;'],
    ['HTML of a writer', '<b>x</b><script>', '&lt;b&gt;x&lt;/b&gt;&lt;script&gt;'],
    ['strong, emphasis, struck out', '**a** *b* ~~c~~', '<b>a</b> <i>b</i> <s>c</s>'],
    ['marks in marks', '**a *b* c**', '<b>a <i>b</i> c</b>'],
    ['code', 'run `npm <ci>`', 'run <code>npm &lt;ci&gt;</code>'],
    ['code in strong, which Telegram forbids', '**a `b`**', '<b>a </b><code>b</code>'],
    ['a fence', '```\na < b\n```', '<pre>a &lt; b</pre>'],
    ['a fence with a language', '```sh\nls\n```', '<pre><code class="language-sh">ls</code></pre>'],
    ['a link', '[site](https://x.test/?a=1&b="2")', '<a href="https://x.test/?a=1&amp;b=%222%22">site</a>'],
    ['strong in a link', '[**a**](https://x.test)', '<a href="https://x.test"><b>a</b></a>'],
    ['code in a link', '[`a`](https://x.test)', '<a href="https://x.test">a</a>'],
    ['a link without words', '[](https://x.test)', 'https://x.test'],
    ['a mail address', '<a@x.test>', 'a@x.test'],
    ['a link that Telegram cannot follow', '[file](smb://x/y)', 'file (smb://x/y)'],
    ['a link that runs code', '[x](javascript:alert(1))', '[x](javascript:alert(1))'],
    ['a quote over two paragraphs', '> a\n>\n> b\n\nc', '<blockquote>a\n\nb</blockquote>\n\nc'],
    ['a quote in a quote', '> a\n> > b', '<blockquote>a\n\nb</blockquote>'],
    ['two quotes', '> a\n\ntext\n\n> b', '<blockquote>a</blockquote>\n\ntext\n\n<blockquote>b</blockquote>'],
    ['a heading', '# Title\ntext', '<b>Title</b>\n\ntext'],
    ['a list', 'Do:\n\n- a\n- b', 'Do:\n• a\n• b'],
    ['a numbered list', '3. a\n4. b', '3. a\n4. b'],
    ['a list in a list', '- a\n  - b\n- c', '• a\n  • b\n• c'],
    ['an empty item', '-\n- b', '• \n• b'],
    ['paragraphs and lines', 'a\nb\n\n\n\nc', 'a\nb\n\nc'],
    ['a line under a text, as in a signature', 'text\n---\nIvan', 'text\n\n———\n\nIvan'],
    ['indented text, which is no code', '    a', 'a'],
    ['what looks like a definition', '[a]: https://x.test', '[a]: https://x.test'],
    ['a picture', '![scheme](https://x.test/a.png)', 'scheme'],
    ['a snake_case_name', 'snake_case_name', 'snake_case_name'],
    ['an escaped star', '2 \\* 2', '2 * 2'],
  ])('%s', (_, markdown, html) => {
    expect(formatText(markdown)).toBe(html);
  });

  const markdown = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '**',
          '*',
          '_',
          '~~',
          '`',
          '```\n',
          '> ',
          '- ',
          '1. ',
          '# ',
          '[',
          '](https://x.test)',
          '<b>',
          '&amp;',
          '\n',
          '\n\n',
          ' ',
        ),
        fc.string({ unit: 'grapheme', maxLength: 6 }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  it('makes tags that close in order, of the kinds that Telegram knows', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        const open: string[] = [];
        for (const [, slash, tag] of formatText(text).matchAll(/<(\/?)([a-z]+)[^>]*>/g)) {
          expect(['b', 'i', 's', 'a', 'code', 'pre', 'blockquote']).toContain(tag);
          if (slash) expect(open.pop()).toBe(tag);
          else open.push(tag ?? '');
        }
        expect(open).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('shows without marks what it shows with them', () => {
    const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
    fc.assert(
      fc.property(markdown, (text) => {
        const seen = formatText(text)
          .replace(/<[^>]*>/g, '')
          .replace(/&(lt|gt|quot|amp);/g, (entity) => entities[entity] ?? '');
        expect(seen.trim()).toBe(plainText(text));
      }),
    );
  });
});
