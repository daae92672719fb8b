// Makes a clone ready to run: packages as the lock says, then the build. Does nothing that is done already.
// Built-ins of Node only: it runs before there is a node_modules.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => join(root, ...parts);
const packagesStamp = at('node_modules', '.switchboard-lock');
const english = process.env.DESK_LOCALE === 'en';
const say = (ru, en) => process.stderr.write(`switchboard: ${english ? en : ru}\n`);

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex');
const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const modified = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Installed by us from this very lock, or by somebody's own `npm ci` after the lock was written. */
function packagesAreCurrent() {
  const kept = read(packagesStamp);
  if (kept) return kept === lockHash();
  return modified(at('node_modules', '.package-lock.json')) >= modified(at('package-lock.json'));
}

/** npm makes all folders at once and fills them one by one: a package is there when it has its package.json. */
const countPackages = (paths) => paths.filter((path) => existsSync(at(path, 'package.json'))).length;

async function installPackages() {
  const { packages } = JSON.parse(readFileSync(at('package-lock.json'), 'utf8'));
  const isOurs = (list, own) => !list || list.includes(own);
  const expected = Object.entries(packages)
    .filter(([path, { os, cpu }]) => path && isOurs(os, process.platform) && isOurs(cpu, process.arch))
    .map(([path]) => path);
  say(
    `ставлю пакеты (${expected.length}), обычно это минута-две…`,
    `installing ${expected.length} packages, a minute or two…`,
  );
  const started = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000);
    const done = countPackages(expected);
    say(`  ${done} из ${expected.length}, ${seconds} с`, `  ${done} of ${expected.length}, ${seconds} s`);
  }, 5000);
  // No package needs an install script; tests and the build need the development ones too.
  const flags = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = await runNpm(flags);
  clearInterval(timer);
  if (status !== 0) {
    say('пакеты не установились: причина выше; проверьте сеть и повторите', 'the packages did not install: see above');
    process.exit(1);
  }
  writeFileSync(packagesStamp, lockHash());
  say('пакеты на месте', 'the packages are in place');
}

/** npm itself when it started us, whatever PATH says. */
function runNpm(flags) {
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...flags]] : ['npm', flags];
  const child = spawn(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && !npm,
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
}

/** What is built, from which sources, and by which program. */
const parts = {
  desk: {
    sources: ['tsconfig.json', 'tsconfig.build.json', 'apps', 'libs'],
    except: at('apps', 'console'),
    stamp: at('dist', '.switchboard-sources'),
    command: [at('node_modules', 'typescript-7', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    ru: 'собираю…',
    en: 'building…',
  },
  consoleApi: {
    sources: ['config/console-api.mjs', 'test/golden/openapi.json'],
    result: at('apps', 'console', 'src', 'api', 'schema.ts'),
    stamp: at('dist', '.switchboard-console-api'),
    command: [at('config', 'console-api.mjs')],
    ru: 'пишу типы API для консоли…',
    en: 'writing the types of the API for the console…',
  },
  console: {
    sources: ['tsconfig.json', 'apps/console'],
    stamp: at('dist', 'console', '.switchboard-sources'),
    command: [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '-c', 'apps/console/vite.config.ts', '-l', 'warn'],
    ru: 'собираю консоль…',
    en: 'building the console…',
  },
};

const filesOf = (path) =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** Names, sizes and times of everything that a part is built from. */
function sourcesHash({ sources, except }) {
  const hash = createHash('sha256');
  for (const path of ['package-lock.json', 'package.json', ...sources].flatMap((source) => filesOf(at(source)))) {
    if (except && path.startsWith(except)) continue;
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** A source that was renamed or removed must not live on in the build. */
function forgetRemovedFiles() {
  for (const folder of ['apps', 'libs'].filter((name) => existsSync(at('dist', name)))) {
    for (const name of readdirSync(at('dist', folder), { recursive: true })) {
      const [, stem] = /^(.*)\.js(\.map)?$/.exec(name) ?? [];
      if (stem && !existsSync(at(folder, `${stem}.ts`))) rmSync(at('dist', folder, name));
    }
  }
}

function build(part) {
  const hash = sourcesHash(part);
  if (read(part.stamp) === hash && (!part.result || existsSync(part.result))) return;
  say(part.ru, part.en);
  const started = Date.now();
  const { status } = spawnSync(process.execPath, part.command, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    say('сборка не удалась: причина выше', 'the build failed: see above');
    process.exit(1);
  }
  mkdirSync(dirname(part.stamp), { recursive: true });
  writeFileSync(part.stamp, hash);
  const seconds = Math.round((Date.now() - started) / 1000);
  say(`  готово за ${seconds} с`, `  done in ${seconds} s`);
}

if (!packagesAreCurrent()) await installPackages();
forgetRemovedFiles();
build(parts.desk);
build(parts.consoleApi);
build(parts.console);
