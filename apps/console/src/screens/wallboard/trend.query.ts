import { queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';

const minuteMs = 60_000;

/** What came and what was closed. It changes with the clock too: asked for once a minute while it is shown. */
export const trendQuery = queryOptions({
  queryKey: ['trend'],
  queryFn: ({ signal }) => ask(desk.GET('/api/v1/queues/trend', { signal })),
  refetchInterval: minuteMs,
});
