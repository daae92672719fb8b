import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Locale } from '#libs/contracts';
import { StartRefusal } from './start-refusal.js';

/** Makes the data folder where it is missing; refuses one that cannot be made or written. */
export async function makeDataFolder(path: string, locale: Locale): Promise<void> {
  try {
    await make(path);
    await access(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    throw new StartRefusal(locale, { text: 'start.folderRefused', dataDir: path, code }, { cause });
  }
}

/** Folder by folder: the recursive `mkdir` of Node 20 never ends where a parent lets nothing be made in it (/proc). */
async function make(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return;
  if (dirname(path) !== path) await make(dirname(path));
  await mkdir(path, { mode: 0o755 });
}
