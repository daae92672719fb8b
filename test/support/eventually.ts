import { setTimeout as delay } from 'node:timers/promises';

/**
 * Asks until there is an answer: what is waited for happens in other processes, which tell the test nothing. Gives
 * up after `withinMs` with what was seen last.
 */
export async function eventually<Value>(
  ask: () => Promise<Value | undefined | false> | Value | undefined | false,
  withinMs = 30_000,
): Promise<Value> {
  const until = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > until) throw new Error(`Nothing came within ${withinMs / 1000} s`);
    await delay(20);
  }
}
