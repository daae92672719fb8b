import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import cruiserConfig from '../../config/dependency-cruiser.mjs';
import { apps, stack } from '../../config/stack.mjs';

/** A tree that keeps every rule; each case below adds the file that breaks one. */
const root = join(import.meta.dirname, '../..');
const imports = { '#libs/*': { source: './libs/*/src/index.ts', default: './libs/*/src/index.ts' } };
const tsconfig = { compilerOptions: { module: 'nodenext', customConditions: ['source'], target: 'ES2023' } };
const sound: Record<string, string> = {
  'package.json': JSON.stringify({ type: 'module', imports }),
  'tsconfig.json': JSON.stringify(tsconfig),
  ...Object.fromEntries(stack.map((lib) => [`libs/${lib}/src/index.ts`, `export { ${lib[0]} } from './thing.js';`])),
  ...Object.fromEntries(stack.map((lib) => [`libs/${lib}/src/thing.ts`, `export const ${lib[0]} = 1;`])),
  ...Object.fromEntries(
    Object.entries(apps).map(([app, allowed]) => [
      `apps/${app}/src/main.ts`,
      allowed.length > 0 ? `import '#libs/contracts';` : 'export const x = 1;',
    ]),
  ),
  'apps/console/src/app/start.tsx': `import { s } from './kept.store.js'; import { useS } from './use-s.js'; void [s, useS];`,
  'apps/console/src/app/use-s.ts': `export { s as useS } from './kept.store.js';`,
  'apps/console/src/app/kept.store.ts': `import 'react'; import worker from './x.worker.js?sharedworker&url'; export const s = worker;`,
};

const trees: string[] = [];
afterAll(() => trees.forEach((tree) => rmSync(tree, { recursive: true })));

/** What the real tool says of a tree, one line a violation. */
function judge(files: Record<string, string>): { readonly status: number | null; readonly lines: string[] } {
  const tree = mkdtempSync(join(tmpdir(), 'switchboard-arch-'));
  trees.push(tree);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'config/arch.mjs')], {
    cwd: tree,
    encoding: 'utf8',
  });
  return { status, lines: stdout.split('\n').map((line) => line.trim()) };
}

interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly code: string;
  /** Further files that the violation needs. */
  readonly with?: Record<string, string>;
}

const upward: Violation[] = stack.slice(1).map((lib, i) => ({
  rule: `stack-${lib}`,
  from: `libs/${lib}/src/upward.ts`,
  code: `import '#libs/${stack[i]}';`,
}));

const beyond: Violation[] = Object.keys(apps).map((app) => ({
  rule: `app-${app}`,
  from: `apps/${app}/src/beyond.ts`,
  code: `import '#libs/unlisted';`,
  with: { 'libs/unlisted/src/index.ts': 'export const x = 1;' },
}));

const violations: readonly Violation[] = [
  ...upward,
  ...beyond,
  {
    rule: 'app-email-gateway',
    from: 'apps/email-gateway/src/knows-tickets.ts',
    code: `import '#libs/tickets';`,
  },
  {
    rule: 'no-circles',
    from: 'libs/tickets/src/circle-a.ts',
    code: `import type { B } from './circle-b.js'; export type A = B;`,
    with: { 'libs/tickets/src/circle-b.ts': `import type { A } from './circle-a.js'; export type B = A[];` },
  },
  {
    rule: 'stack-is-whole',
    from: 'libs/routing/src/unlisted.ts',
    code: `import '#libs/unlisted';`,
    with: { 'libs/unlisted/src/index.ts': 'export const x = 1;' },
  },
  { rule: 'apps-apart', from: 'apps/router/src/other-app.ts', code: `import '../../desk-api/src/main.js';` },
  { rule: 'libs-below-apps', from: 'libs/routing/src/app.ts', code: `import '../../../apps/router/src/main.js';` },
  { rule: 'front-door', from: 'apps/router/src/window.ts', code: `import '../../../libs/tickets/src/thing.js';` },
  { rule: 'not-your-own-door', from: 'libs/tickets/src/own-door.ts', code: `import './index.js';` },
  {
    rule: 'one-door',
    from: 'libs/tickets/src/barrel.ts',
    code: `import './inside/index.js';`,
    with: { 'libs/tickets/src/inside/index.ts': 'export const x = 1;' },
  },
  { rule: 'pure-is-pure', from: 'libs/tickets/src/injects.ts', code: `import { Injectable } from '@nestjs/common';` },
  { rule: 'pure-is-pure', from: 'libs/tickets/src/reads.ts', code: `import { readFile } from 'node:fs/promises';` },
  { rule: 'pure-is-pure', from: 'apps/router/src/asks.ts', code: `import { Client } from 'pg';` },
  {
    rule: 'pure-stays-pure',
    from: 'libs/tickets/src/leans.ts',
    code: `import './found.repository.js';`,
    with: { 'libs/tickets/src/found.repository.ts': 'export const x = 1;' },
  },
  { rule: 'sql-in-repositories', from: 'libs/channels/src/mail.adapter.ts', code: `import '#libs/database';` },
  { rule: 'driver-in-database', from: 'libs/tickets/src/own.repository.ts', code: `import { Client } from 'pg';` },
  {
    rule: 'app-console',
    from: 'apps/console/src/knows-contracts.ts',
    code: `import type {} from '#libs/contracts';`,
  },
  {
    rule: 'libs-below-apps',
    from: 'libs/contracts/src/knows-console.ts',
    code: `import '../../../apps/console/src/main.js';`,
  },
  { rule: 'console-in-browser', from: 'apps/console/src/reads.client.ts', code: `import { readFile } from 'node:fs';` },
  {
    rule: 'pure-stays-pure',
    from: 'apps/console/src/leans.ts',
    code: `import './found.query.js';`,
    with: { 'apps/console/src/found.query.ts': 'export const x = 1;' },
  },
  { rule: 'kit-in-console', from: 'apps/desk-api/src/draws.ts', code: `import { createElement } from 'react';` },
  {
    rule: 'nothing-imports-tests',
    from: 'libs/tickets/src/uses-test.ts',
    code: `import './thing.spec.js';`,
    with: { 'libs/tickets/src/thing.spec.ts': 'export const x = 1;' },
  },
  { rule: 'no-orphans', from: 'libs/tickets/src/lonely.ts', code: 'export const x = 1;' },
  { rule: 'resolvable', from: 'libs/tickets/src/nowhere.ts', code: `import './absent.js';` },
];

describe('import rules', () => {
  it('find nothing in a tree that keeps them', () => {
    const { status, lines } = judge(sound);
    expect(lines.filter((line) => line.startsWith('error'))).toEqual([]);
    expect(status).toBe(0);
  });

  const broken = { ...sound };
  for (const { from, code, with: more } of violations) Object.assign(broken, { [from]: code }, more);
  const { status, lines } = judge(broken);

  it('fail the check', () => expect(status).not.toBe(0));

  it.each(violations)('$rule refuses $from', ({ rule, from }) => {
    expect(lines.some((line) => line.startsWith(`error ${rule}: `) && line.includes(from))).toBe(true);
  });

  it('are all shown to fail here', () => {
    // Nothing stands above the topmost lib.
    const shown = new Set([...violations.map(({ rule }) => rule), `stack-${stack[0]}`]);
    expect(cruiserConfig.forbidden.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  });
});
