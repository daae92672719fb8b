import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * `npm run bench:intake`, `npm run bench:api`: builds, measures, prints one JSON object on standard output; progress
 * goes to standard error.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const compiler = 'node_modules/typescript-7/bin/tsc';
const built = spawnSync(process.execPath, [compiler, '-p', 'test/bench/tsconfig.json'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
});
if (built.status !== 0) process.exit(1);
const { bench } = await import(`../../dist/test/bench/bench-${process.argv[2]}.js`);
process.stdout.write(`${JSON.stringify(await bench(), undefined, 2)}\n`);
process.exit(0);
