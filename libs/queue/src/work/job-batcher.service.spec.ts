import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { JobBatcher } from './job-batcher.service.js';

const linger = { lingerMs: 1, longestLingerMs: 5 };
const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

describe('JobBatcher', () => {
  it('does every id, in calls of at most `batch`, of which at most `flights` run at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(40).map(String), { maxLength: 120 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (ids, batch, flights) => {
          const calls: (readonly string[])[] = [];
          let under = 0;
          let most = 0;
          const handle = async (call: readonly string[]): Promise<void> => {
            calls.push(call);
            most = Math.max(most, ++under);
            await turn();
            under--;
          };
          const batcher = new JobBatcher({ batch, flights, handle }, linger);
          await Promise.all(ids.map((id) => batcher.push(id)));
          await batcher.idle();
          expect(new Set(calls.flat())).toEqual(new Set(ids));
          expect(most).toBeLessThanOrEqual(flights);
          for (const call of calls) {
            expect(call.length).toBeLessThanOrEqual(batch);
            expect(new Set(call).size).toBe(call.length);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  it('puts what comes one after another without a pause into one call', async () => {
    const calls: (readonly string[])[] = [];
    const batcher = new JobBatcher({ batch: 10, handle: async (ids) => void calls.push(ids) }, linger);
    const pushed = ['1', '2', '3'].map((id) => batcher.push(id));
    await Promise.all(pushed);
    expect(calls).toEqual([['1', '2', '3']]);
  });

  it('begins a full call at once', () => {
    const calls: (readonly string[])[] = [];
    const batcher = new JobBatcher({ batch: 2, handle: async (ids) => void calls.push(ids) }, linger);
    void batcher.push('1');
    void batcher.push('2');
    expect(calls).toEqual([['1', '2']]);
  });

  it('takes an id again that comes while its call is under way: its row may have changed since', async () => {
    const calls: (readonly string[])[] = [];
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const handle = async (ids: readonly string[]): Promise<void> => {
      calls.push(ids);
      await gate;
    };
    const batcher = new JobBatcher({ batch: 1, flights: 1, handle }, linger);
    const first = batcher.push('1');
    const again = batcher.push('1');
    release();
    await Promise.all([first, again]);
    expect(calls).toEqual([['1'], ['1']]);
  });

  it('tells those, and only those, whose call failed', async () => {
    const handle = async (ids: readonly string[]): Promise<void> => {
      if (ids.includes('2')) throw new Error('poison');
    };
    const batcher = new JobBatcher({ batch: 1, flights: 1, handle }, linger);
    const ends = await Promise.allSettled(['1', '2', '3'].map((id) => batcher.push(id)));
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('waits for nothing once hurried', async () => {
    const calls: (readonly string[])[] = [];
    const slow = { lingerMs: 60_000, longestLingerMs: 60_000 };
    const batcher = new JobBatcher({ batch: 10, handle: async (ids) => void calls.push(ids) }, slow);
    const pushed = batcher.push('1');
    batcher.hurry();
    await pushed;
    await batcher.idle();
    expect(calls).toEqual([['1']]);
  });
});
