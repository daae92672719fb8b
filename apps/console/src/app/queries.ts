import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { DeskProblem, problemCode } from '../api/problem.js';

declare module '@tanstack/react-query' {
  interface Register {
    /** `quiet`: whoever asked shows the problem itself, so that no toast tells it again. */
    mutationMeta: { quiet?: boolean };
  }
}

export interface QueryListener {
  /** Somebody whose session ended asked for something. */
  readonly signedOut: () => void;
  /** A change was refused, and nobody else tells. */
  readonly refused: (problem: unknown) => void;
}

const passing = new Set(['unreachable', 'unavailable']);
const minuteMs = 60_000;

/** The store of everything that was loaded. Live events keep it fresh; nothing is asked for again by the clock. */
export function createQueries(listener: QueryListener): QueryClient {
  const hear = (problem: unknown): boolean => {
    const isOut = problemCode(problem) === 'unauthenticated';
    if (isOut) listener.signedOut();
    return isOut;
  };
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (problem, { queryKey: [name] }) => void (name !== 'session' && hear(problem)),
    }),
    mutationCache: new MutationCache({
      onError: (problem, _given, _context, { meta }) => {
        if (!hear(problem) && !meta?.quiet) listener.refused(problem);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: minuteMs,
        gcTime: 10 * minuteMs,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (count, problem) => count < 2 && problem instanceof DeskProblem && passing.has(problem.code),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
