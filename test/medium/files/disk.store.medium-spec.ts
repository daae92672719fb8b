import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiskStore } from '#libs/files';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

let folder: string;
let store: DiskStore;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'switchboard-files-'));
  store = new DiskStore(join(folder, 'files'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const filesOnDisk = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((e) => e.isFile()).map(({ name }) => name);

describe('DiskStore', () => {
  it('names bytes by their SHA-256 and gives them back', async () => {
    await expect(store.put([bytesOf('abc'), bytesOf('')])).resolves.toEqual([abc, nothing]);
    expect(Buffer.from(await store.get(abc)).toString()).toBe('abc');
    expect(await store.get(nothing)).toHaveLength(0);
    expect((await buffer(await store.stream(abc))).toString()).toBe('abc');
  });

  it('keeps equal bytes once, whoever puts them and when', async () => {
    const puts = Array.from({ length: 20 }, () => store.put([bytesOf('same'), bytesOf('same')]));
    const keys = new Set((await Promise.all(puts)).flat());
    expect(keys.size).toBe(1);
    expect((await filesOnDisk()).filter((name) => keys.has(name))).toHaveLength(1);
  });

  it('stores many at once and leaves no drafts behind', async () => {
    const items = Array.from({ length: 300 }, () => new Uint8Array(randomBytes(64)));
    const keys = await store.put(items);
    const back = await Promise.all(keys.map((key) => store.get(key)));
    expect(back.map((bytes) => Buffer.from(bytes))).toEqual(items.map((bytes) => Buffer.from(bytes)));
    for (const name of await filesOnDisk()) expect(name).toMatch(/^[0-9a-f]{64}$/);
  });

  it('replaces a file that a crash left too short', async () => {
    const [key = ''] = await store.put([bytesOf('whole bytes')]);
    await writeFile(join(folder, 'files', key.slice(0, 1), key), 'who');
    await store.put([bytesOf('whole bytes')]);
    expect(Buffer.from(await store.get(key)).toString()).toBe('whole bytes');
  });

  it.each(['../../../etc/passwd', '', 'f'.repeat(63), 'F'.repeat(64), `${abc}/`, `${'0'.repeat(64)}`])(
    'knows nothing of the key %j',
    async (key) => {
      await expect(store.get(key)).rejects.toMatchObject({ name: 'DeskError', code: 'content_missing' });
      await expect(store.stream(key)).rejects.toMatchObject({ name: 'DeskError', code: 'content_missing' });
    },
  );

  it('lets nobody but its user read', async () => {
    const [entry] = (await readdir(join(folder, 'files'), { withFileTypes: true })).filter((e) => e.isDirectory());
    const { mode } = await stat(join(folder, 'files', entry!.name));
    expect(mode & 0o077).toBe(0);
  });
});
