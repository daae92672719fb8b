import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { DeskError } from '#libs/contracts';
import { FileStore } from './file-store.js';

const keyForm = /^[0-9a-f]{64}$/;

/**
 * Files on disk under `folder/ab/cd/<key>`. Each is written beside its place, synced and renamed, and the folders
 * are synced after it: what `put` has answered survives a power cut, and a reader never sees half a file.
 */
@Injectable()
export class DiskStore extends FileStore {
  constructor(private readonly folder: string) {
    super();
  }

  async put(items: readonly Uint8Array[]): Promise<readonly string[]> {
    const keys = items.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    const fresh = new Map<string, Uint8Array>();
    items.forEach((bytes, index) => fresh.set(keys[index] as string, bytes));
    const touched = new Set<string>();
    await Promise.all([...fresh].map(([key, bytes]) => this.write(key, bytes, touched)));
    await Promise.all([...touched].map(syncFolder));
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

  private async write(key: string, bytes: Uint8Array, touched: Set<string>): Promise<void> {
    const path = this.pathOf(key);
    const folder = dirname(path);
    // Whoever wrote it may not have come to sync its folder yet.
    touched.add(folder);
    if ((await stat(path).catch(() => undefined))?.size === bytes.byteLength) return;
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    try {
      await writeFile(draft, bytes, { mode: 0o600, flush: true });
      await rename(draft, path);
    } catch (fault) {
      await rm(draft, { force: true });
      throw fault;
    }
    // New folders must be known to their parents too.
    for (let at = folder; made && at.length >= made.length; at = dirname(at)) touched.add(dirname(at));
  }

  private pathOf(key: string): string {
    if (!keyForm.test(key)) throw new DeskError('content_missing');
    return join(this.folder, key.slice(0, 2), key.slice(2, 4), key);
  }
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
