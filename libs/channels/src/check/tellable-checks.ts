import type { Check } from '../channel-adapter.js';

/** Findings whose detail is our own word: a folder that was asked for. All others may repeat what a server said. */
const ownWords = new Set(['mailbox-missing']);

/** A step as whoever tries settings is told it: the words of a server that they named themselves are left out. */
export function tellable({ step, ok, code, detail }: Check): Check {
  const kept = detail !== undefined && (ok || ownWords.has(code ?? ''));
  return { step, ok, ...(code !== undefined && { code }), ...(kept && { detail: detail.slice(0, 255) }) };
}
