import { describe, expect, it } from '@jest/globals';
import { htmlText } from './html-text.js';

describe('htmlText', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\n\nb'],
    ['<div>a</div><div>b</div>', 'a\nb'],
    ['a<br>b<br><br>c', 'a\nb\n\nc'],
    ['<b>a</b> b<i> c</i>', 'a b c'],
    ['a\n  b', 'a b'],
    ['<ul><li>a</li><li>b</li></ul>', '• a\n• b'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<style>x</style><script>y</script><title>z</title>a', 'a'],
    ['a&nbsp;&lt;b&gt;&amp;&#1103;', 'a <b>&я'],
    ['a<blockquote type="cite">b<br>c</blockquote>d', 'a\n\n> b\n> c\n\nd'],
    ['a<blockquote class="gmail_quote">b</blockquote>', 'a\n\n> b'],
    ['a<blockquote style="border-left:1px solid #0857a6">b</blockquote>', 'a\n\n> b'],
    ['a<blockquote style="margin-left:40px">b</blockquote>', 'a\n\nb'],
    ['<blockquote type="cite">a<blockquote type="cite">b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['unclosed <b>tag <a href="x', 'unclosed tag'],
    ['', ''],
  ])('reads %s', (html, text) => expect(htmlText(html)).toBe(text));

  it.each([3, 4, 5, 6, 7])(
    'shows no part of a tag where a tree is too deep to be walked (tags of %d letters)',
    (length) => {
      const tag = `<${'d'.repeat(length)}>`;
      expect(htmlText(`${tag.repeat(50_000)}1 < 2${tag}`)).toBe('1 < 2');
    },
  );
});
