import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const folder = fileURLToPath(new URL('../../dist/console/', import.meta.url));

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

const manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;
const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '';

/** A chunk and everything that it needs at once. */
function withImports(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const needed of manifest[name]?.imports ?? []) withImports(needed, found);
  return found;
}

const packed = (file: string): number => readFileSync(`${folder}${file}.gz`).length;
const kilobytes = (names: Iterable<string>): { js: number; css: number } => {
  const chunks = [...names].map((name) => manifest[name]);
  const sum = (files: Iterable<string>): number =>
    Math.round([...new Set(files)].reduce((total, file) => total + packed(file), 0) / 1_000);
  return {
    js: sum(chunks.flatMap((chunk) => chunk?.file ?? [])),
    css: sum(chunks.flatMap((chunk) => chunk?.css ?? [])),
  };
};

/** What the first screen needs: the entry, one language, and the list of tickets. */
const first = new Set(
  [entry, 'src/texts/ru.ts', 'src/screens/tickets/tickets-screen.tsx'].flatMap((name) => [...withImports(name)]),
);
const later = Object.keys(manifest).filter((name) => !first.has(name) && /[.]tsx?$/.test(name));

describe('the built console', () => {
  it('is there, with a packed twin of every file', () => {
    const files = Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]);
    const bare = files.filter((file) => /[.](js|css)$/.test(file) && !existsSync(`${folder}${file}.gz`));
    expect(bare).toEqual([]);
  });

  it('needs no more than 260 kB of scripts and 40 kB of styles at first', () => {
    const { js, css } = kilobytes(first);
    expect(js).toBeLessThanOrEqual(260);
    expect(css).toBeLessThanOrEqual(40);
  });

  it.each(later)('needs no more than 60 kB more for %s', (name) => {
    const more = [...withImports(name)].filter((needed) => !first.has(needed));
    expect(kilobytes(more).js).toBeLessThanOrEqual(60);
  });

  it('has nothing inline and nothing from elsewhere in its page', () => {
    const page = readFileSync(`${folder}index.html`, 'utf8');
    expect(page).not.toMatch(/<script(?![^>]* src="\/)|<style|\sstyle=|\son\w+=|https?:/);
  });
});
