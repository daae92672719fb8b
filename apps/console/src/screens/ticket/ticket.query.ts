import { queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';

/** One ticket with its requester, tasks and allowed moves. Live events of the ticket make everything under this key stale. */
export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: ({ signal }) => ask(desk.GET('/api/v1/tickets/{id}', { params: { path: { id } }, signal })),
  });
