import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or less when `stop` fires; never throws. */
export const pause = (ms: number, stop?: AbortSignal): Promise<void> =>
  sleep(ms, undefined, stop && { signal: stop }).catch(() => undefined);

/** Resolves when all have ended or the time is over; says which it was. */
export const within = async (ms: number, work: readonly Promise<unknown>[]): Promise<boolean> => {
  const over = new AbortController();
  const ended = Promise.allSettled(work).then(() => true);
  const late = pause(ms, over.signal).then(() => false);
  return Promise.race([ended, late]).finally(() => over.abort());
};

/** The result, or an error when it takes longer: the answer of a server that went silent never comes. */
export async function inTime<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  if (await within(ms, [work])) return work;
  throw new Error('took too long');
}

/** Does `work` for every item, at most `width` at once. */
export async function eachOf<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
