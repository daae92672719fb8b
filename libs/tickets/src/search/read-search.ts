import { readPhoneNumber } from '../phone-number.js';
import { otherLayout } from './keyboard-layout.js';

/** A lexeme as the documents hold them; `prefix`: whatever begins so. */
export interface Lexeme {
  readonly text: string;
  readonly prefix: boolean;
}

/** One thing that was asked for. Each of its readings will do. */
export interface SearchedWord {
  /** As it was typed, then as it would have been in the other keyboard layout. */
  readonly readings: readonly string[];
  /** Addresses and numbers, which have no grammar. */
  readonly lexemes: readonly Lexeme[];
  /** Whether it is still being typed, so that its beginning is enough. */
  readonly unfinished: boolean;
}

/** What somebody looks for. */
export interface Search {
  /** The ticket number that the words are, or hold. */
  readonly number: string | undefined;
  readonly words: readonly SearchedWord[];
}

/** Further words narrow nothing that anybody would miss. */
const mostWords = 10;

const signed = /(?:№|#|(?<!\p{L})(?:n|no|nr|номер)(?!\p{L})\.?)\s*(\d(?:[\d\s]{0,30}\d)?)/iu;
const bare = /^\s*(?:обращение|заявка|запрос|ticket|request)?\s*(\d(?:[\d\s]{0,30}\d)?)\s*$/iu;

/** The ticket number in `1042`, `№ 1 042`, `#1042`, `Re: [№1042] Пароль`. */
function numberIn(text: string): string | undefined {
  const digits = (signed.exec(text) ?? bare.exec(text))?.[1]?.replace(/\D/g, '').replace(/^0+/, '');
  return digits && digits.length <= 18 ? digits : undefined;
}

const phone =
  /(?<![\p{L}\d])\+?\d[\d\s()./\-–—]{3,28}\d(?:[\s,;]*(?:доб|добавочный|вн|внутр|внутренний|ext|x)\.?\s*\d{1,6})?(?![\p{L}\d])/giu;

/** Words of a search, phone numbers first: only they may have blanks inside. `region`: of numbers without a country. */
export function readSearch(given: string, region: string): Search {
  const text = given.normalize('NFC');
  const phones = text.match(phone) ?? [];
  const tokens = text
    .replaceAll(phone, ' ')
    .split(/\s+/)
    .filter((token) => /[\p{L}\p{N}]/u.test(token));
  const last = tokens.at(-1);
  const typing = last !== undefined && text.endsWith(last);
  const words = [
    ...phones.map((found) => phoneWord(found, region)),
    ...tokens.map((token, place) => wordOf(token, typing && place === tokens.length - 1)),
  ];
  return { number: numberIn(text), words: words.slice(0, mostWords) };
}

const address = /[^\s<>(),;:"'«»[\]]*@[^\s<>(),;:"'«»[\]]*/u;
const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;

function wordOf(token: string, unfinished: boolean): SearchedWord {
  const trimmed = token.replaceAll(edges, '');
  const other = [otherLayout(trimmed), otherLayout(token)].filter((reading) => reading !== undefined);
  const addresses = [token, ...other].flatMap((reading) => address.exec(reading.toLowerCase())?.[0] ?? []);
  const readings = [trimmed, ...other].filter((reading) => !reading.includes('@'));
  return {
    readings: [...new Set(readings.map((reading) => reading.replaceAll(edges, '')))].filter(Boolean),
    lexemes: [...new Set(addresses)].map((text) => ({ text, prefix: true })),
    unfinished,
  };
}

const extension = /[\s,;]*(?:доб|вн|внутр|ext|x).*$/iu;

/** A phone number is known whole, while it is typed by its beginning, and, as people remember it, by its end. */
function phoneWord(found: string, region: string): SearchedWord {
  const read = readPhoneNumber(found, region);
  const lexemes = read.kind === 'public' ? [{ text: read.phone, prefix: false }] : partsOf(found, region);
  return { readings: [found.trim()], lexemes, unfinished: false };
}

/** `+7495…` begins as it is; in Russia `8495…` means the same. */
function partsOf(found: string, region: string): Lexeme[] {
  const digits = found.replace(extension, '').replace(/\D/g, '');
  if (digits.length < 5) return [];
  const end = { text: `<${[...digits].reverse().join('')}`, prefix: true };
  if (found.startsWith('+')) return [end, { text: `+${digits}`, prefix: true }];
  if (region === 'RU' && digits.startsWith('8')) return [end, { text: `+7${digits.slice(1)}`, prefix: true }];
  return [end];
}
