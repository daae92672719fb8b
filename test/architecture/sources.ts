import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** Written by a program, read by nobody. */
const generated = join('apps', 'console', 'src', 'api', 'schema.ts');

/** Paths of all TypeScript files under the given folders that people write, relative to the root, sorted. */
export const sources = (...folders: string[]): string[] =>
  folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /[.]tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => path !== generated)
    .sort();

export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

export const linesOf = (path: string): string[] => read(path).trimEnd().split('\n');

/** The code without its comments. */
export const withoutComments = (code: string): string =>
  code
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/^\s*--.*$/gm, '');
