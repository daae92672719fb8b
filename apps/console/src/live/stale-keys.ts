import type { DeskEvent } from './message.js';

/** The beginning of the keys of all queries that an event makes stale. */
export type KeyPrefix = readonly (string | null)[];

/** What events say about queries. Lists of tickets look after themselves: rows must not move under the pointer. */
export function staleKeys(events: readonly DeskEvent[]): KeyPrefix[] {
  const keys = new Map<string, KeyPrefix>();
  const add = (...key: KeyPrefix): void => void keys.set(key.join('/'), key);
  for (const { type, ticketId } of events) {
    if (ticketId) add('ticket', ticketId);
    if (type.startsWith('ticket.')) {
      add('load');
      add('board');
    }
    if (type === 'presence.changed') {
      add('load');
      add('specialists');
    }
    if (type === 'account.changed') add('accounts');
  }
  return [...keys.values()];
}
