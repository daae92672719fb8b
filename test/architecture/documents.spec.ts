import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { read, root } from './sources.js';

const documents = ['README.md', 'SECURITY.md', 'CHANGELOG.md', '.github/CONTRIBUTING.md'];
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

const linksOf = (path: string): string[] =>
  [...read(path).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));

describe('documents', () => {
  it.each(documents)('%s links to files that are there', (path) => {
    const broken = linksOf(path).filter((link) => !existsSync(join(root, dirname(path), link)));
    expect(broken).toEqual([]);
  });

  it.each(documents)('%s names paths that are there', (path) => {
    const named = [...read(path).matchAll(/`((?:apps|libs|config|test|docker)\/[\w./-]+)`/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !existsSync(join(root, name)))).toEqual([]);
  });

  it.each(documents)('%s names scripts that package.json has', (path) => {
    const named = [...read(path).matchAll(/npm (?:run )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
    const npms = new Set(['ci', 'install', 'run']);
    expect(named.filter((name) => !npms.has(name) && !(name in scripts))).toEqual([]);
  });
});

describe('generated files', () => {
  const check = (program: string): string =>
    spawnSync(process.execPath, [program, '--check'], { cwd: root, encoding: 'utf8' }).stderr;

  it('config/example.env says what the schemas of the processes say', () =>
    expect(check('config/example-env.mjs')).toBe(''));
});
