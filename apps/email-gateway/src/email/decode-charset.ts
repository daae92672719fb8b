import { TextDecoder } from 'node:util';
import { wellFormed } from './well-formed.js';

/**
 * Bytes to text when the label can't be trusted: valid multi-byte UTF-8 wins over a single-byte label, a label that
 * can't be true gives way to what the letters say. Never throws; the result is well-formed and holds no NUL.
 */
export function decodeCharset(bytes: Uint8Array, label?: string): string {
  const name = encodingOf(label);
  if (name && statefulOrWide.test(name)) return decodeAs(bytes, name);
  if (isAscii(bytes)) return wellFormed(latin1(bytes));
  if (!name || weak.has(name)) return utf8(bytes) ?? decodeAs(bytes, guessEncoding(bytes));
  if (name === 'utf-8') return utf8(bytes) ?? damagedUtf8(bytes) ?? decodeAs(bytes, guessEncoding(bytes));
  if (multiByte.test(name)) return decodeAs(bytes, name);
  return utf8(bytes) ?? decodeAs(bytes, name);
}

/** Labels that senders write over anything: they claim nothing when the bytes are not ASCII. */
const weak = new Set(['windows-1252', 'x-user-defined']);
/** Encodings whose bytes may all be below 0x80 and still not be ASCII. */
const statefulOrWide = /^(utf-16|iso-2022|hz)/;
const multiByte = /^(gb|big5|euc|shift)/;

const aliases = new Map([
  ['cp-1251', 'windows-1251'],
  ['win-1251', 'windows-1251'],
  ['win1251', 'windows-1251'],
  ['windows1251', 'windows-1251'],
  ['ansi', 'windows-1251'],
  ['koi-8', 'koi8-r'],
  ['koi8r', 'koi8-r'],
  ['cp866', 'ibm866'],
  ['dos-866', 'ibm866'],
  ['mac-cyrillic', 'x-mac-cyrillic'],
  ['utf8mb4', 'utf-8'],
  ['cp-850', 'windows-1252'],
]);

const decoders = new Map<string, TextDecoder>();

/** The WHATWG name of a label, or nothing when nobody knows it. */
function encodingOf(label: string | undefined): string | undefined {
  const wanted = label?.trim().toLowerCase();
  if (!wanted || wanted.length > 40) return undefined;
  const known = encodings.get(wanted);
  if (known) return known;
  try {
    const { encoding } = new TextDecoder(aliases.get(wanted) ?? wanted);
    encodings.set(wanted, encoding);
    return encoding;
  } catch {
    return undefined;
  }
}

/** Labels met so far; there are some two hundred that a decoder accepts. */
const encodings = new Map<string, string>();

function decodeAs(bytes: Uint8Array, encoding: string): string {
  const decoder = decoders.get(encoding) ?? new TextDecoder(encoding);
  decoders.set(encoding, decoder);
  return wellFormed(decoder.decode(bytes));
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return wellFormed(strictUtf8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** UTF-8 with a few broken places (a cut word, a bad relay) is still UTF-8: most of its characters are whole. */
function damagedUtf8(bytes: Uint8Array): string | undefined {
  const text = decodeAs(bytes, 'utf-8');
  let whole = 0;
  let broken = 0;
  for (const char of text) {
    if (char === '\uFFFD') broken += 1;
    else if (char.codePointAt(0)! > 0x7f) whole += 1;
  }
  return whole > broken ? text : undefined;
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte > 0x7f) return false;
  return true;
}

const cyrillic = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'] as const;
/** Enough to tell encodings apart; guessing over a whole 1 MB body says nothing more. */
const sampleBytes = 8192;

/** The 8-bit encoding that makes the bytes look most like Russian, or windows-1252 when none does. */
export function guessEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, sampleBytes);
  if (!hasRuns(sample)) return 'windows-1252';
  let best = 'windows-1252';
  let bestScore = 0;
  for (const encoding of cyrillic) {
    const score = russianness(decodeAs(sample, encoding));
    if (score > bestScore) {
      best = encoding;
      bestScore = score;
    }
  }
  return best;
}

/** Cyrillic words are runs of high bytes; accents of western languages stand alone among ASCII letters. */
function hasRuns(bytes: Uint8Array): boolean {
  let high = 0;
  let inRuns = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i]! < 0x80) continue;
    high += 1;
    if ((bytes[i - 1] ?? 0) >= 0x80 || (bytes[i + 1] ?? 0) >= 0x80) inRuns += 1;
  }
  return inRuns * 2 > high;
}

const frequent = new Set('оеаинтсрвлкмдпу');

/**
 * Points for Russian letters in a likely order. koi8-r read as cp1251 has its cases swapped; an accented letter of
 * another language becomes a Russian one inside a Latin word.
 */
function russianness(text: string): number {
  let score = 0;
  let previous = '';
  for (const char of text) {
    score += letterScore(char, previous);
    previous = char;
  }
  return score;
}

function letterScore(char: string, previous: string): number {
  if (char <= '\u007F') return /[а-яё]/iu.test(previous) && /[a-z]/i.test(char) ? -4 : 0;
  if (/[a-z]/i.test(previous)) return -4;
  if (frequent.has(char)) return 3;
  if (/[а-яё]/u.test(char)) return 1;
  if (!/[А-ЯЁ]/u.test(char)) return -2;
  return /[а-яё]/u.test(previous) ? -4 : 0.5;
}
