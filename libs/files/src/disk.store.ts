import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DeskError } from '#libs/platform';
import { FileStore } from './file-store.js';

const keyForm = /^[0-9a-f]{64}$/;

/** Files that are open at the same time. */
const mostOpen = 200;

/**
 * Files on disk under `folder/a/<key>`: few folders, because each that a call touches has to be synced. Each is written beside its place, synced and renamed, and the folders are
 * synced after it: what `put` has answered survives a power cut, and a reader never sees half a file. The steps are
 * taken by all files of a call together, so that the disk commits many at once instead of each alone.
 */
@Injectable()
export class DiskStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(items: readonly Uint8Array[]): Promise<readonly string[]> {
    const keys = items.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    const fresh = [...new Map(items.map((bytes, at) => [this.pathOf(keys[at] as string), bytes]))];
    for (let from = 0; from < fresh.length; from += mostOpen)
      await this.putTogether(fresh.slice(from, from + mostOpen));
    return keys;
  }

  async get(key: string): Promise<Uint8Array> {
    return readFile(this.pathOf(key)).catch(missing);
  }

  async stream(key: string): Promise<NodeJS.ReadableStream> {
    const path = this.pathOf(key);
    await stat(path).catch(missing);
    return createReadStream(path);
  }

  private async putTogether(files: readonly (readonly [path: string, bytes: Uint8Array])[]): Promise<void> {
    const drafts: Draft[] = [];
    try {
      await Promise.all(files.map(([path, bytes]) => writeDraft(path, bytes, drafts)));
      await Promise.all(drafts.map(({ file }) => file.datasync()));
      await Promise.all(drafts.map(({ file }) => file.close()));
      await Promise.all(drafts.map(({ at, path }) => rename(at, path)));
    } catch (error) {
      await Promise.allSettled(drafts.map(({ file }) => file.close()));
      await Promise.allSettled(drafts.map(({ at }) => rm(at, { force: true })));
      throw error;
    }
    // Also of files and folders that were there: whoever made them may not have come so far yet.
    await Promise.all([...new Set([...files.map(([path]) => dirname(path)), this.folder])].map(syncFolder));
  }

  private pathOf(key: string): string {
    if (!keyForm.test(key)) throw new DeskError('content_missing');
    return join(this.folder, key.slice(0, 1), key);
  }
}

interface Draft {
  readonly file: FileHandle;
  readonly at: string;
  readonly path: string;
}

/** What is there already is simply written again: the same bytes replace it in one step, and whole if it was not. */
async function writeDraft(path: string, bytes: Uint8Array, drafts: Draft[]): Promise<void> {
  const at = `${path}.${randomBytes(6).toString('hex')}`;
  const file = await open(at, 'wx', 0o600).catch(async (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'ENOENT') throw fault;
    await makeFolder(dirname(path));
    return open(at, 'wx', 0o600);
  });
  drafts.push({ file, at, path });
  await file.writeFile(bytes);
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  // A new folder must be known to its parents.
  for (let at = folder; first && at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at));
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function missing(cause: NodeJS.ErrnoException): never {
  if (cause.code === 'ENOENT') throw new DeskError('content_missing', undefined, [], { cause });
  throw cause;
}
