import { describe, expect, it } from '@jest/globals';
import type { RawItem } from '#libs/channels';
import { chunkMails } from './fetch-plan.js';
import { MailBatch } from './mail-batch.client.js';

const item = (externalKey: string): RawItem => ({ externalKey, source: {}, bytes: Buffer.from(externalKey) });

describe('MailBatch', () => {
  it('puts what waits meanwhile in one go, and tells each of its own', async () => {
    const puts: string[][] = [];
    const batch = new MailBatch({
      put: async (items) => {
        puts.push(items.map(({ externalKey }) => externalKey));
        await new Promise(setImmediate);
        if (items.some(({ externalKey }) => externalKey === 'b')) throw new Error('no');
        return items.length;
      },
    });
    const ends = await Promise.allSettled(['a', 'b', 'c'].map((key) => batch.put(item(key))));
    expect(puts).toEqual([['a'], ['b', 'c']]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await batch.put(item('d'));
    expect(puts.at(-1)).toEqual(['d']);
  });

  it('keeps a batch bounded', async () => {
    const sizes: number[] = [];
    const batch = new MailBatch({
      put: async (items) => {
        sizes.push(items.length);
        await new Promise(setImmediate);
        return items.length;
      },
    });
    await Promise.all(Array.from({ length: 500 }, (_, index) => batch.put(item(String(index)))));
    expect(Math.max(...sizes)).toBe(chunkMails);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(500);
  });
});
