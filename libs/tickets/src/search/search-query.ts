import type { Lexeme, Search, SearchedWord } from './read-search.js';

/** What the text search configuration makes of a text: its lexemes, and stems of words that begin so. */
export interface Grammar {
  readonly lexemes: readonly string[];
  readonly stems: readonly string[];
}

/** A search as the index is asked. */
export interface SearchQuery {
  /** A `tsquery`: what a document must hold. Undefined: no document can be asked for. */
  readonly whole: string | undefined;
  /** The part of it that an index answers at once; undefined: only a look at the documents themselves tells. */
  readonly narrow: string | undefined;
  readonly number: string | undefined;
}

/** Where a lexeme begins so, others begin so too, and an index has to go through all of them. */
const shortBeginning = 4;
const shortestAlone = 3;

type Grammars = ReadonlyMap<string, Grammar>;
/** Any of the lists will do; of a list, every lexeme. */
type Choices = readonly (readonly Lexeme[])[];

const lastPiece = /[\p{L}\p{N}]+$/u;
const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');
const piecesOf = (reading: string): string => reading.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
const beforeLast = (reading: string): string => reading.replace(lastPiece, '').trim();
const lastOf = (reading: string): string => plain(lastPiece.exec(reading)?.[0] ?? '');

/** Every text whose grammar is needed to ask for the words. */
export const textsOf = ({ words }: Search): readonly string[] => [
  ...new Set(
    words.flatMap(({ readings, unfinished }) =>
      readings.flatMap((reading) => [
        reading,
        piecesOf(reading),
        ...(unfinished ? [beforeLast(reading), lastOf(reading)] : []),
      ]),
    ),
  ),
];

/** Asks for all of the words, each in any of its readings. */
export function searchQuery(search: Search, grammars: Grammars): SearchQuery {
  const asked = search.words.map((word) => ({ choices: choicesOf(word, grammars), idle: isIdle(word, grammars) }));
  const telling = asked.filter(({ choices, idle }) => choices.length > 0 && !idle);
  const chosen = (telling.length > 0 ? telling : asked.slice(-1)).map(({ choices }) => choices).filter(isAsking);
  const quick = chosen.filter((choices) => beginningOf(choices) >= shortBeginning);
  const alone = chosen.every((choices) => beginningOf(choices) >= shortestAlone) ? chosen : [];
  return { whole: written(chosen), narrow: written(quick.length > 0 ? quick : alone), number: search.number };
}

const isAsking = (choices: Choices): boolean => choices.length > 0;

/** Words like «не» and "the" stand in no document: asking for them would find nothing. */
const isIdle = ({ readings, lexemes }: SearchedWord, grammars: Grammars): boolean =>
  lexemes.length === 0 && readings.some((reading) => (grammars.get(reading)?.lexemes ?? []).length === 0);

function choicesOf({ readings, lexemes, unfinished }: SearchedWord, grammars: Grammars): Choices {
  const exact = (text: string): Lexeme[] =>
    (grammars.get(text)?.lexemes ?? []).map((lexeme) => ({ text: lexeme, prefix: false }));
  return [
    ...lexemes.map((lexeme) => [lexeme]),
    ...readings.flatMap((reading) => [
      exact(reading),
      exact(piecesOf(reading)),
      asWritten(reading, exact(reading)),
      ...(unfinished ? continued(reading, exact(beforeLast(reading)), grammars) : []),
    ]),
  ].filter((choice) => choice.length > 0);
}

/** Names stand in the documents as they are, too: the grammar takes «Иванов» and «Иванова» for words apart. */
const asWritten = (reading: string, stems: readonly Lexeme[]): Lexeme[] =>
  stems.length === 1 && plain(reading) !== stems[0]?.text ? [{ text: plain(reading), prefix: false }] : [];

/** What a reading may become when its last word is typed to its end. */
function continued(reading: string, before: readonly Lexeme[], grammars: Grammars): Choices {
  const last = lastOf(reading);
  if (last === '') return [];
  const stems = grammars.get(last)?.stems ?? [];
  const whole = last.length < reading.length ? [[{ text: plain(reading), prefix: true }]] : [];
  return [
    [...before, { text: last, prefix: true }],
    ...stems.map((stem) => [...before, { text: stem, prefix: false }]),
    ...whole,
  ];
}

/** The length of the shortest beginning that is asked for. */
const beginningOf = (choices: Choices): number =>
  Math.min(
    ...choices.flatMap((choice) => choice.filter(({ prefix }) => prefix)).map(({ text }) => text.length),
    Number.MAX_SAFE_INTEGER,
  );

const quoted = ({ text, prefix }: Lexeme): string =>
  `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${prefix ? ':*' : ''}`;

/** In the syntax of a `tsquery`; every lexeme is quoted, so that no sign in it means anything. */
function written(words: readonly Choices[]): string | undefined {
  if (words.length === 0) return undefined;
  const one = (choices: Choices): string =>
    [...new Set(choices.map((choice) => choice.map(quoted).join(' & ')))].map((choice) => `(${choice})`).join(' | ');
  return words.map((choices) => `(${one(choices)})`).join(' & ');
}
