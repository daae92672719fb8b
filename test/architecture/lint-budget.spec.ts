import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const tree = mkdtempSync(join(tmpdir(), 'switchboard-lint-'));
afterAll(() => rmSync(tree, { recursive: true }));

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const long = (count: number): string =>
  `export function long(): void {\n${lines(count - 2, (i) => `  void ${i};`)}\n}\n`;
const parameters = (count: number): string => Array.from({ length: count }, (_, i) => `_p${i}: number`).join(', ');
const nested = (depth: number): string =>
  `export function nested(a: boolean): void {\n${'if (a) {\n'.repeat(depth)}void a;\n${'}\n'.repeat(depth)}}\n`;
const branches = (count: number): string =>
  `export function branchy(a: number): number {\n${lines(count - 1, (i) => `  if (a === ${i}) return ${i * 2};`)}\n  return 0;\n}\n`;
const promise = 'export async function later(): Promise<void> {}\n';

/** [rule, file, content]: each file breaks one budget by the least possible. */
const broken: readonly [string, string, string][] = [
  ['max-lines', 'libs/a/src/big.ts', lines(301, (i) => `export const x${i} = ${i};`)],
  ['max-lines-per-function', 'libs/a/src/long.ts', long(51)],
  ['max-params', 'libs/a/src/parameters.ts', `export const f = (${parameters(7)}): number => _p0;\n`],
  [
    'max-params',
    'libs/a/src/injected.service.ts',
    `export class A {\n  constructor(${parameters(7)}) {\n    void _p0;\n  }\n}\n`,
  ],
  ['max-depth', 'libs/a/src/nested.ts', nested(4)],
  ['complexity', 'libs/a/src/branchy.ts', branches(13)],
  ['no-default-export', 'libs/a/src/default.ts', 'export default 1;\n'],
  ['no-process-env', 'libs/a/src/environment.service.ts', 'export const a = process.env.A;\n'],
  ['no-floating-promises', 'libs/a/src/floating.ts', `${promise}later();\n`],
  [
    'consistent-type-imports',
    'libs/a/src/type.ts',
    `import { A } from './types.js';\nexport const a = (b: A): A => b;\n`,
  ],
  ['no-console', 'libs/a/src/console.service.ts', 'console.log(1);\n'],
  ['no-explicit-any', 'libs/a/src/any.ts', 'export const a = (b: any): unknown => b;\n'],
];

/** The same at the very limit, and where a rule gives way on purpose. */
const sound: readonly [string, string][] = [
  ['libs/b/src/big.ts', lines(300, (i) => `export const x${i} = ${i};`)],
  ['libs/b/src/long.ts', long(50)],
  ['libs/b/src/parameters.ts', `export const f = (${parameters(6)}): number => _p0 + _p1;\n`],
  ['libs/b/src/nested.ts', nested(3)],
  ['libs/b/src/branchy.ts', branches(12)],
  ['libs/b/src/a.config.ts', 'export const a = process.env.A;\n'],
  ['libs/b/src/awaited.ts', `${promise}await later();\n`],
  ['libs/b/src/long.spec.ts', long(200)],
  ['libs/a/src/types.ts', 'export interface A {\n  readonly a: number;\n}\n'],
];

for (const [path, content] of [...broken.map(([, ...file]) => file), ...sound]) {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), content);
}
writeFileSync(join(tree, 'package.json'), '{"type":"module"}');
writeFileSync(
  join(tree, 'tsconfig.json'),
  JSON.stringify({ compilerOptions: { module: 'nodenext', strict: true, target: 'ES2023', types: ['node'] } }),
);
symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));

interface Finding {
  readonly code: string;
  readonly filename: string;
}

const oxlint = [join(root, 'node_modules/oxlint/bin/oxlint'), '-c', join(root, 'config/oxlint.json'), '--type-aware'];
const { status, stdout } = spawnSync(process.execPath, [...oxlint, '-f', 'json', 'libs'], {
  cwd: tree,
  encoding: 'utf8',
});
const findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
const foundIn = (path: string): string[] =>
  findings.filter(({ filename }) => filename === path).map(({ code }) => code);

describe('the budget of style', () => {
  it('fails the check', () => expect(status).toBe(1));

  it.each(broken)('%s refuses %s', (rule, path) => {
    expect(foundIn(path)).toEqual([expect.stringContaining(`(${rule})`)]);
  });

  it.each(sound)('lets %s pass', (path) => expect(foundIn(path)).toEqual([]));
});
