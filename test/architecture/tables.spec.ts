import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { read, root, sources, withoutComments } from './sources.js';

const migrations = sources('libs/database/src/migrations').map(read).join('\n');
const tables = [...migrations.matchAll(/create table (?:if not exists )?"?(\w+)/g)]
  .map(([, table = '']) => table)
  .sort();

/** Which libs say, in the opening comment of their door, that they own a table. */
const owners = new Map<string, string[]>(tables.map((table) => [table, []]));
for (const lib of readdirSync(join(root, 'libs'))) {
  const opening = /^(\/\/.*\n)+/.exec(read(`libs/${lib}/src/index.ts`))?.[0] ?? '';
  const [, owned = ''] = opening.split(/\bowns\b/i);
  for (const word of owned.match(/\w+/g) ?? []) owners.get(word)?.push(lib);
}

const isSql = /\b(select|insert into|delete from|update \w+( \w+)?\s+set)\b/;
const naming = /\b(?:from|into|join|table|update|using)\s+(?:only\s+)?"?([a-z_]+)\b/g;

/** Tables that the statements in this code read or write; a sentence in English has none. */
const tablesIn = (code: string): string[] => {
  const bare = withoutComments(code);
  const named = isSql.test(bare) ? [...bare.matchAll(naming)].map(([, table = '']) => table) : [];
  return [...new Set(named)].filter((table) => owners.has(table)).sort();
};

describe('tables', () => {
  it('are found in the migrations', () => expect(tables).toContain('inbox'));

  it.each([...owners])('%s is owned by one lib', (_table, libs) => expect(libs).toHaveLength(1));

  it('are named only in the lib that owns them', () => {
    const strangers = sources('apps', 'libs')
      .filter((path) => !path.startsWith('libs/database/src/migrations/') && !path.endsWith('.spec.ts'))
      .flatMap((path) => {
        const [folder, lib = ''] = path.split('/');
        const owns = (table: string): boolean => folder === 'libs' && owners.get(table)?.[0] === lib;
        return tablesIn(read(path))
          .filter((table) => !owns(table))
          .map((table) => `${path} names ${table}`);
      });
    expect(strangers).toEqual([]);
  });

  it.each([
    ['select 1 from inbox where id = $1', ['inbox']],
    ['insert into ticket (a) select b from message m join call c on true', ['call', 'message', 'ticket']],
    ['update outbox set state = $1', ['outbox']],
    ['// select 1 from inbox\nconst a = 1;', []],
    ['throw new Error(`merged into ticket ${id}`);', []],
    ['select * from unnest($1::bigint[]) for update skip locked', []],
  ])('are recognised in %s', (code, found) => expect(tablesIn(code)).toEqual(found));

  it('are spoken to by repositories, the migrations and the drivers alone', () => {
    const speakers = sources('apps', 'libs').filter(
      (path) => !path.endsWith('.spec.ts') && tablesIn(read(path)).length > 0,
    );
    expect(speakers.filter((path) => !/[.]repository[.]ts$|^libs\/database\//.test(path))).toEqual([]);
  });
});
