import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { Grammar } from './search-query.js';

/**
 * How words go on. The stem of a word that is half typed is known only from the forms it may become: `курсо` is of
 * «курс», for there is «курсом».
 */
const endings = {
  russian: 'а о е и у ы ю я й м х ь в т ть го му ми ом ем ой ей ия ие ий ов ам ах ями ами ость ться ение'.split(' '),
  english: 's e es ed ing er ly ion'.split(' '),
};

/** The grammar of the server's text search, by which documents of tickets are made. */
@Injectable()
export class GrammarRepository {
  async of(db: Db, texts: readonly string[]): Promise<ReadonlyMap<string, Grammar>> {
    const found = await rows<Grammar & { text: string }>(
      db,
      `select asked.text, tsvector_to_array(ticket_search_words(asked.text)) as lexemes,
         array(
           select distinct stem
           from unnest(case when asked.text ~ '[а-яё]' then $2::text[] else $3::text[] end) as ending,
             unnest(ts_lexize(case when asked.text ~ '[а-яё]' then 'pg_catalog.russian_stem'::regdictionary
               else 'pg_catalog.english_stem'::regdictionary end, asked.text || ending)) as stem
           where length(stem) between 3 and length(asked.text) - 1 and starts_with(asked.text, stem)
         ) as stems
       from unnest($1::text[]) as asked (text)`,
      [texts, endings.russian, endings.english],
    );
    return new Map(found.map(({ text, lexemes, stems }) => [text, { lexemes, stems }]));
  }
}
