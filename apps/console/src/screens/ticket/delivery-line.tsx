import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, desk } from '../../api/desk.client.js';
import { toastDone } from '../../parts/toasts.js';
import { useText } from '../../texts/use-text.js';
import type { Message } from './ticket.query.js';
import styles from './ticket.module.css';

interface Props {
  readonly message: Message;
  readonly delivery: NonNullable<Message['delivery']>;
}

/** How far an answer came, why it went no further, and a way to send it again. */
export function DeliveryLine({ message: { id: messageId, ticketId }, delivery: { state, reason } }: Props) {
  const { say } = useText();
  const queries = useQueryClient();
  const resend = useMutation({
    mutationFn: () =>
      ask(
        desk.POST('/api/v1/tickets/{id}/messages/{messageId}/resend', {
          params: { path: { id: ticketId, messageId } },
          body: {},
        }),
      ),
    onSuccess: () => {
      toastDone(say('ticket.resent'));
      return queries.invalidateQueries({ queryKey: ['ticket', ticketId] });
    },
  });
  const isLost = state === 'failed' || state === 'unknown';
  return (
    <footer className={styles.delivery} data-lost={isLost}>
      <span>{[say(`ticket.delivery.${state}`), isLost && reason].filter(Boolean).join(': ')}</span>
      {isLost && (
        <Button size="compact-xs" variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
          {say('ticket.resend')}
        </Button>
      )}
    </footer>
  );
}
