import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { SystemUser } from './system-user.js';

/** Whether `user` may pass through every parent of `path`; a parent that is not there yet is made with mode 0755. */
export async function mayReach(path: string, user: SystemUser): Promise<boolean> {
  const parent = dirname(path);
  if (parent === path) return true;
  const facts = await stat(parent).catch(() => undefined);
  if (!facts) return mayReach(parent, user);
  const bit = facts.uid === user.uid ? 0o100 : facts.gid === user.gid ? 0o010 : 0o001;
  return (facts.mode & bit) !== 0 && mayReach(parent, user);
}

/**
 * The folder that the database lives in: `DATA_DIR/postgres`, or, where the server's user may not pass through
 * a parent of it, a folder under the system's place for such data. The choice is written down in DATA_DIR, so that
 * it stays the same, and so that removing DATA_DIR really starts anew.
 */
export async function postgresFolder(dataDir: string, user: SystemUser | undefined): Promise<string> {
  const inside = join(resolve(dataDir), 'postgres');
  if (!user || (await mayReach(join(inside, 'base'), user))) return inside;
  const note = join(resolve(dataDir), 'postgres.location');
  const noted = await readFile(note, 'utf8').catch(() => '');
  if (noted.trim()) return noted.trim();
  const root = process.platform === 'linux' ? '/var/lib' : '/usr/local/var';
  const outside = join(root, 'switchboard', randomBytes(8).toString('hex'));
  await mkdir(dirname(outside), { recursive: true, mode: 0o755 });
  await writeFile(note, `${outside}\n`);
  return outside;
}

/** Makes `folder` for the server alone: parents are open to pass through, the folder itself is private. */
export async function makePrivateFolder(folder: string, user: SystemUser | undefined): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o755 });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
}
