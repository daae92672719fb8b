import MarkdownIt from 'markdown-it';

const safeLink = /^(?:https?:\/\/|mailto:|tel:)/i;

/** The subset that a reply may use; everything else, HTML above all, stays the characters that were typed. */
const markdown = new MarkdownIt('zero', { html: false, breaks: true, linkify: true }).enable([
  'emphasis',
  'backticks',
  'fence',
  'list',
  'link',
  'blockquote',
  'newline',
  'escape',
  'linkify',
  'autolink',
  'strikethrough',
]);
markdown.validateLink = (url) => safeLink.test(url.trim());
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** The HTML body of an outgoing mail. */
export const markdownHtml = (text: string): string =>
  `<div style="font-family: sans-serif; font-size: 14px; line-height: 1.5">${markdown.render(text)}</div>`;
