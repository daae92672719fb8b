import type { QueryClient } from '@tanstack/react-query';
import { onLive } from './live.store.js';
import { type KeyPrefix, staleKeys } from './stale-keys.js';

/** Many events come at once; queries are asked again once for all of them. */
const gatherMs = 400;

/** Refreshes what is shown when the stream says that it changed, and everything after a gap. */
export function refreshQueries(queries: QueryClient): void {
  const stale = new Map<string, KeyPrefix>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    timer = undefined;
    for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey: [...queryKey] });
    stale.clear();
  };
  onLive({
    events: (events) => {
      for (const key of staleKeys(events)) stale.set(key.join('/'), key);
      timer ??= setTimeout(refresh, gatherMs);
    },
    resync: () => {
      const began = Date.now() - gatherMs;
      void queries.invalidateQueries({
        predicate: ({ queryKey: [name], state }) => name !== 'session' && state.dataUpdatedAt < began,
      });
    },
  });
}
