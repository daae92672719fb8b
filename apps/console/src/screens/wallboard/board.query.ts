import { queryOptions } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';

/** Whose tickets are shown: those that nobody has, or what one specialist works on. */
export type Whose = 'nobody' | { readonly specialistId: string };

/** As many as a board has room for. */
const shown = '30';

/** The tickets of the board, whoever waits longest on top. Live events of any ticket make it stale. */
export const boardQuery = (whose: Whose) =>
  queryOptions({
    queryKey: ['board', whose],
    queryFn: ({ signal }) => {
      const which = whose === 'nobody' ? { state: 'waiting' } : { state: 'open', assignee: whose.specialistId };
      const query = { ...which, order: 'waiting', limit: shown } as const;
      return ask(desk.GET('/api/v1/tickets', { params: { query }, signal }));
    },
  });
