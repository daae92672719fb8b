import { decodeCharset } from './decode-charset.js';

/**
 * A raw header value (one byte a character, unfolded) as text: RFC 2047 words wherever they stand, neighbours of one
 * charset joined before decoding because senders cut letters in two, raw 8-bit bytes read by the label of the body.
 */
export function decodeHeader(raw: string, charset?: string): string {
  let text = '';
  let last = 0;
  let word: { charset: string; bytes: Buffer[] } | undefined;
  const flush = (): void => {
    if (word) text += decodeCharset(Buffer.concat(word.bytes), word.charset);
    word = undefined;
  };
  for (const match of raw.matchAll(encodedWord)) {
    const between = raw.slice(last, match.index);
    const label = match[1]!.split('*')[0]!.toLowerCase();
    const bytes = wordBytes(match[2]!, match[3]!);
    last = match.index + match[0].length;
    if (word && word.charset === label && between.trim() === '') {
      word.bytes.push(bytes);
      continue;
    }
    const joined = word !== undefined && between.trim() === '';
    flush();
    if (!joined) text += rawText(between, charset);
    word = { charset: label, bytes: [bytes] };
  }
  flush();
  return text + rawText(raw.slice(last), charset);
}

const encodedWord = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=/gi;

const rawText = (raw: string, charset: string | undefined): string =>
  raw ? decodeCharset(Buffer.from(raw, 'latin1'), charset) : '';

function wordBytes(encoding: string, payload: string): Buffer {
  if (encoding.toLowerCase() === 'b') return Buffer.from(payload, 'base64');
  const spaced = payload
    .replaceAll('_', ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(spaced, 'latin1');
}
