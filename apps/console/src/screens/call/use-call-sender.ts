import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLiveStatus } from '../../live/live.store.js';
import { usePerson } from '../../session/session.query.js';
import { unsentOf, useEntries } from './call-entries.store.js';
import { isUnderway, sendEntry } from './call-sending.store.js';
import type { CallEntry } from './call-entry.js';
import { useTellSent } from './use-tell-sent.js';

/** How long a desk that answers but takes nothing is left alone. */
const againMs = 15_000;

/** Sends what waits for the network, as soon as the line is back. One of these lives in the frame of the console. */
export function useCallSender(): void {
  const { id } = usePerson();
  const { state } = useLiveStatus();
  const waiting = useEntries(id).filter(({ body }) => body !== null).length;
  const tell = useTellSent();
  const { mutateAsync } = useMutation({
    meta: { quiet: true },
    mutationFn: (entry: CallEntry) => sendEntry(id, entry),
    onSuccess: tell,
  });
  useEffect(() => {
    if (state !== 'open' || waiting === 0) return undefined;
    const sendAll = async (): Promise<void> => {
      const entries = unsentOf(id).filter((entry) => entry.body !== null && !isUnderway(entry));
      for (const entry of entries) await mutateAsync(entry);
    };
    // What cannot be sent now stays where it is.
    const begin = (): void => void sendAll().catch(() => undefined);
    begin();
    const timer = setInterval(begin, againMs);
    return () => clearInterval(timer);
  }, [state, waiting, id, mutateAsync]);
}
