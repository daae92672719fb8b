import { queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';

/** What requests are about. Kept for good: calls are logged without a line too. */
export const kindsQuery = queryOptions({
  queryKey: ['kinds'],
  queryFn: ({ signal }) => ask(desk.GET('/api/v1/kinds', { signal })),
  gcTime: Infinity,
});

/** Who calls from a number, as far as it is typed. */
export const callerQuery = (phone: string) =>
  queryOptions({
    queryKey: ['caller', phone],
    queryFn: ({ signal }) => ask(desk.POST('/api/v1/calls/lookup', { body: { phone }, signal })),
    enabled: phone.replace(/\D/g, '').length >= 3,
    // Whoever calls again was logged meanwhile.
    staleTime: 0,
    retry: false,
  });
