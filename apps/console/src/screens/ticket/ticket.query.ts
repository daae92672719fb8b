import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';
import type { Shape } from '../../api/shape.js';

export type TicketCard = Shape<'TicketCard'>;
export type Message = Shape<'Message'>;

/** One ticket with its requester and allowed moves. Live events of the ticket make everything under this key stale. */
export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['ticket', id],
    queryFn: ({ signal }) => ask(desk.GET('/api/v1/tickets/{id}', { params: { path: { id } }, signal })),
  });

/** What was said on a ticket, the newest first. */
export const messagesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['ticket', id, 'messages'],
    queryFn: ({ pageParam, signal }) => {
      const query = { order: 'desc', limit: '50', ...(pageParam && { cursor: pageParam }) } as const;
      return ask(desk.GET('/api/v1/tickets/{id}/messages', { params: { path: { id }, query }, signal }));
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  });
