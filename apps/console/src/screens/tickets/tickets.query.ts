import { infiniteQueryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';
import type { Shape } from '../../api/shape.js';
import type { TicketsSearch } from './tickets-search.js';

export type Ticket = Shape<'Ticket'>;

export const pageSize = 50;

/** One page of the list, the latest change first. */
export function askTickets({ state, ...rest }: TicketsSearch, cursor?: string, signal?: AbortSignal) {
  const query = {
    ...rest,
    limit: String(pageSize),
    ...(state && { state: state.join(',') }),
    ...(cursor && { cursor }),
  };
  return ask(desk.GET('/api/v1/tickets', { params: { query }, ...(signal && { signal }) }));
}

/** The list as far as it was scrolled. */
export const ticketsQuery = (search: TicketsSearch) =>
  infiniteQueryOptions({
    queryKey: ['tickets', search],
    queryFn: ({ pageParam, signal }) => askTickets(search, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // Looked at anew whenever one comes back to it; while it is shown, live events tell what changed.
    staleTime: 0,
  });
