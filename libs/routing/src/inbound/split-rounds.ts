import type { ReadyRow } from '#libs/channels';

/**
 * The first round of a batch: the rows, in order, that depend on nothing which has to be recorded before them. Two
 * rows of one round are never of one chat or album, of one order, the same item on two accounts, or one an answer
 * to the other. The first row is always in it, so that taking rounds comes to an end.
 */
export function firstRound(rows: readonly ReadyRow[]): ReadyRow[] {
  const taken = new Set<string>();
  const round: ReadyRow[] = [];
  for (const row of rows) {
    const { claims, meets } = dependencies(row);
    const free = ![...claims, ...meets].some((name) => taken.has(name));
    // A row that has to wait holds its names too: what comes after it in its chat waits with it.
    for (const name of claims) taken.add(name);
    if (free) round.push(row);
  }
  return round;
}

/** Names a row stands under, and names that it only looks at. */
function dependencies(row: ReadyRow): { claims: string[]; meets: string[] } {
  const { accountId, channel, orderKey, contentKey, message } = row;
  const { conversation, group, references } = message.thread;
  const claims = [`id\0${channel}\0${message.externalId}`];
  if (orderKey !== '') claims.push(`order\0${accountId}\0${orderKey}`);
  if (contentKey) claims.push(`content\0${channel}\0${contentKey}`);
  if (conversation !== undefined) claims.push(`chat\0${accountId}\0${conversation}`);
  if (group !== undefined) claims.push(`album\0${accountId}\0${group}`);
  return { claims, meets: references.map((reference) => `id\0${channel}\0${reference}`) };
}
