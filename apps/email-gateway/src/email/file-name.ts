import { cut, oneLine } from './well-formed.js';

/**
 * A file name that is safe to show and to save: one path component, composed letters, no control or invisible
 * characters, no leading dot, at most 180 bytes with its extension kept. Empty when nothing is left.
 */
export function cleanFileName(name: string): string {
  const normal = oneLine(name.normalize('NFC'));
  const component = normal.split(/[/\\]/).findLast((piece) => piece.trim() !== '') ?? '';
  const bare = component.replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  return fit(bare);
}

const maxBytes = 180;

function fit(name: string): string {
  if (Buffer.byteLength(name) <= maxBytes) return name;
  const extension = /\.[^.\s]{1,16}$/u.exec(name)?.[0] ?? '';
  let stem = cut(name.slice(0, name.length - extension.length), maxBytes);
  while (Buffer.byteLength(stem + extension) > maxBytes) {
    const last = stem.codePointAt(stem.length - 2) ?? 0;
    stem = stem.slice(0, last > 0xffff ? -2 : -1);
  }
  return stem + extension;
}

const extensions = new Map([
  ['message/rfc822', 'eml'],
  ['text/plain', 'txt'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
  ['image/jpeg', 'jpg'],
  ['image/png', 'png'],
  ['image/gif', 'gif'],
  ['application/pdf', 'pdf'],
  ['application/ms-tnef', 'dat'],
  ['message/delivery-status', 'txt'],
  ['text/rfc822-headers', 'txt'],
]);

/** A name for an attachment that came without one. */
export const madeUpName = (mediaType: string, position: number): string =>
  `attachment-${position}.${extensions.get(mediaType) ?? 'bin'}`;
