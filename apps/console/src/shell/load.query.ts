import { queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../api/desk.client.js';

/** What waits and who works, for the counts of the navigation. Live events make it stale. */
export const loadQuery = queryOptions({
  queryKey: ['load'],
  queryFn: ({ signal }) => ask(desk.GET('/api/v1/queues/load', { signal })),
});
