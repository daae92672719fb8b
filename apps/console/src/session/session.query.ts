import { queryOptions, useQueryClient, useQuery } from '@tanstack/react-query';
import { ask, desk } from '../api/desk.client.js';
import type { Person } from './roles.js';

/** Who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => ask(desk.GET('/api/v1/session', { signal })),
  staleTime: Infinity,
  retry: false,
});

/** The person who uses the desk; only under the desk's route, which lets nobody else in. */
export function usePerson(): Person {
  const queries = useQueryClient();
  const { data } = useQuery({ ...sessionQuery, initialData: () => queries.getQueryData(sessionQuery.queryKey) });
  if (!data) throw new Error('Nobody is signed in');
  return data;
}
