import { describe, expect, it } from '@jest/globals';
import { Gather } from './gather.js';

describe('Gather', () => {
  const gathering = (most?: number) => {
    const batches: number[][] = [];
    const gather = new Gather<number, number>(async (items) => {
      batches.push([...items]);
      if (items.includes(13)) throw new Error('unlucky');
      return items.map((item) => item * 2);
    }, most);
    return { batches, gather };
  };

  it('does what is wished in one turn in one batch, and gives each its own result', async () => {
    const { batches, gather } = gathering();
    expect(await Promise.all([1, 2, 3].map((item) => gather.add(item)))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('cuts batches at the limit', async () => {
    const { batches, gather } = gathering(2);
    await Promise.all([1, 2, 3].map((item) => gather.add(item)));
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it('lets a bad item fail alone', async () => {
    const { gather } = gathering();
    const ends = await Promise.allSettled([1, 13, 3].map((item) => gather.add(item)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('works on after a failure', async () => {
    const { gather } = gathering();
    await expect(gather.add(13)).rejects.toThrow('unlucky');
    expect(await gather.add(4)).toBe(8);
  });
});
