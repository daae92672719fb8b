import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLiveStatus } from '../../live/live.store.js';
import { loadQuery } from '../../shell/load.query.js';
import { type Age, ageOf, rightAt } from './freshness.js';

/** Events make the load stale; only a load that failed has to be tried again by the clock. */
const againMs = 15_000;

/** What waits and who works, and how far it is to be believed. */
export function useBoard() {
  const { state, since } = useLiveStatus();
  const now = useSeconds();
  const query = useQuery({
    ...loadQuery,
    refetchInterval: ({ state: { status, fetchFailureCount } }) =>
      status === 'error' || fetchFailureCount > 0 ? againMs : false,
  });
  const { data: load, dataUpdatedAt: loadedAt, isError } = query;
  const at = rightAt({ state, since, loadedAt, hasFailed: isError }, now);
  const age: Age = load ? ageOf(now - at) : 'fresh';
  return { query, load, loadedAt, now, at, age };
}

/** The time, told anew every second. */
function useSeconds(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** What every part of the board is given. */
export type Board = Omit<ReturnType<typeof useBoard>, 'query' | 'load'> & {
  readonly load: NonNullable<ReturnType<typeof useBoard>['load']>;
};
