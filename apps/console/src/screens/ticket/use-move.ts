import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';
import { toastDone } from '../../parts/toasts.js';
import { useText } from '../../texts/use-text.js';
import { ticketQuery } from './ticket.query.js';

export type Move =
  | { readonly name: 'claim' | 'release' | 'close' | 'reopen' }
  | { readonly name: 'assign'; readonly specialistId: string };

function askMove(id: string, move: Move) {
  const params = { path: { id } };
  switch (move.name) {
    case 'claim':
      return ask(desk.POST('/api/v1/tickets/{id}/claim', { params, body: {} }));
    case 'release':
      return ask(desk.POST('/api/v1/tickets/{id}/release', { params, body: {} }));
    case 'reopen':
      return ask(desk.POST('/api/v1/tickets/{id}/reopen', { params, body: {} }));
    case 'close':
      return ask(desk.POST('/api/v1/tickets/{id}/close', { params, body: {} }));
    case 'assign':
      return ask(
        desk.POST('/api/v1/tickets/{id}/assign', { params, body: { specialistId: move.specialistId, force: false } }),
      );
  }
}

/** Does something with a ticket as a whole, shows it as it is then, and says so. A refusal is told in a toast. */
export function useMove(id: string) {
  const queries = useQueryClient();
  const { say } = useText();
  return useMutation({
    mutationFn: (move: Move) => askMove(id, move),
    onSuccess: (card, { name }) => {
      queries.setQueryData(ticketQuery(id).queryKey, card);
      toastDone(say(`ticket.moved.${name}`));
    },
    // Whatever was refused, somebody else may have been faster.
    onError: () => queries.invalidateQueries({ queryKey: ['ticket', id] }),
  });
}
