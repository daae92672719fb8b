import { DeskError } from '#libs/platform';

/** Refuses an order that does not name each thing exactly once: somebody added or archived one meanwhile. */
export function mustBeAll(named: readonly string[], known: readonly string[]): void {
  const same = named.length === known.length && new Set(named).size === named.length;
  if (!same || !named.every((name) => known.includes(name))) throw new DeskError('conflict', 'refusal.orderDiffers');
}
