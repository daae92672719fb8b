import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ask, desk } from '../../api/desk.client.js';
import { randomKey } from '../../api/random-key.js';
import { toastDone } from '../../parts/toasts.js';
import { useText } from '../../texts/use-text.js';
import { type DraftKind, keepDraft, readDraft } from './drafts.store.js';
import { messagesQuery } from './ticket.query.js';

interface Sending {
  readonly kind: DraftKind;
  readonly text: string;
  readonly then: 'pending' | 'close';
  /** Whether to send although a newer message came. */
  readonly anyway: boolean;
  /** The newest message that stood on the screen. */
  readonly basedOn: string | undefined;
  /** Names this very act: repeated after a broken line, it is done once. */
  readonly key: string;
}

async function send(id: string, { kind, text, then, anyway, basedOn, key }: Sending): Promise<void> {
  const params = { path: { id } };
  const headers = { 'idempotency-key': key };
  if (kind === 'note') {
    await ask(desk.POST('/api/v1/tickets/{id}/notes', { params, headers, body: { text } }));
    return;
  }
  const body = { text, then, attachments: [], ...(!anyway && basedOn && { basedOn }) };
  await ask(desk.POST('/api/v1/tickets/{id}/replies', { params, headers, body }));
}

/** The texts being written for a ticket, one of each kind, and their sending. A text goes only when it has arrived. */
export function useComposer(ticketId: string) {
  const { say } = useText();
  const queries = useQueryClient();
  const [kind, setKind] = useState<DraftKind>('reply');
  const [texts, setTexts] = useState({ reply: readDraft(ticketId, 'reply'), note: readDraft(ticketId, 'note') });
  const key = useRef(randomKey());
  const write = (of: DraftKind, text: string): void => {
    key.current = randomKey();
    keepDraft(ticketId, of, text);
    setTexts((before) => ({ ...before, [of]: text }));
  };
  const sending = useMutation({
    meta: { quiet: true },
    mutationFn: (asked: Sending) => send(ticketId, asked),
    onSuccess: (_none, { kind: sent }) => {
      write(sent, '');
      toastDone(say(sent === 'note' ? 'composer.noted' : 'composer.sent'));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['ticket', ticketId] }),
  });
  const submit = (then: 'pending' | 'close' = 'pending', anyway = false): void => {
    if (!texts[kind].trim() || sending.isPending) return;
    const basedOn = queries.getQueryData(messagesQuery(ticketId).queryKey)?.pages[0]?.items[0]?.id;
    sending.mutate({ kind, text: texts[kind], then, anyway, basedOn, key: key.current });
  };
  const choose = (next: DraftKind): void => {
    sending.reset();
    setKind(next);
  };
  return { kind, choose, text: texts[kind], write: (text: string) => write(kind, text), submit, sending };
}
