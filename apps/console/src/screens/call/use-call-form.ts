import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { randomKey } from '../../api/random-key.js';
import { toastDone } from '../../parts/toasts.js';
import { usePerson } from '../../session/session.query.js';
import { useText } from '../../texts/use-text.js';
import { entriesOf, forgetEntry, keepEntry, ownKey, setOwnKey } from './call-entries.store.js';
import { bodyOf, type CallEntry, entryToResume, isWorthKeeping, newEntry } from './call-entry.js';
import { type Sent, sendEntry } from './call-sending.store.js';
import { useTellSent } from './use-tell-sent.js';

/** How often a tab says that it lives and writes. */
const beatMs = 2_000;

const fresh = (): CallEntry => newEntry(randomKey(), Date.now());
const leftBehind = (personId: string): CallEntry | undefined =>
  entryToResume(entriesOf(personId), ownKey(), Date.now());

/** The call being written. Every change is kept at once; what a crashed tab left behind is taken up again. */
function useEntry(personId: string) {
  const [entry, setEntry] = useState(() => leftBehind(personId) ?? fresh());
  const latest = useRef(entry);
  const set = (next: CallEntry): void => {
    if (next.key !== latest.current.key) forgetEntry(personId, latest.current.key);
    latest.current = next;
    setEntry(next);
    setOwnKey(next.key);
    if (isWorthKeeping(next)) keepEntry(personId, { ...next, keptAt: Date.now() });
    else forgetEntry(personId, next.key);
  };
  const beat = (): void => {
    const { current } = latest;
    const isKept = entriesOf(personId).some(({ key }) => key === current.key);
    if (isKept) return keepEntry(personId, { ...current, keptAt: Date.now() });
    // Sent or thrown away in another tab, or never begun: there may be another one to go on with.
    if (isWorthKeeping(current)) return set(fresh());
    const left = leftBehind(personId);
    if (left) set(left);
  };
  const latestBeat = useRef(beat);
  latestBeat.current = beat;
  useEffect(() => {
    setOwnKey(latest.current.key);
    const timer = setInterval(() => latestBeat.current(), beatMs);
    return () => clearInterval(timer);
  }, []);
  return { entry, latest, set };
}

interface Ways {
  /** Where to go when the call is off one's hands; the ticket, where it is known and wanted. */
  readonly onSaved: (ticketId?: string) => void;
}

/** The form of a call: what is written, and its saving. Without a line it is put by and sent later. */
export function useCallForm({ onSaved }: Ways) {
  const { say } = useText();
  const { id: personId } = usePerson();
  const { entry, latest, set } = useEntry(personId);
  const tell = useTellSent();
  const saving = useMutation({
    meta: { quiet: true },
    // Sent before it comes here: whoever else sends what waits must know of it at once.
    mutationFn: (sending: Promise<Sent>) => sending,
    onSuccess: (sent) => {
      if (sent.state === 'logged') tell(sent);
      if (sent.state === 'waiting') toastDone(say('call.waits'));
    },
  });
  const change = (part: Partial<CallEntry>): void => {
    if (!saving.isPending) set({ ...latest.current, problem: null, ...part });
  };
  const save = (opens: boolean): void => {
    if (saving.isPending) return;
    const written = { ...latest.current, problem: null, body: bodyOf(latest.current, Date.now()) };
    latest.current = written;
    saving.mutate(sendEntry(personId, written), {
      onSuccess: (sent) => {
        if (sent.state === 'refused') return set(sent.draft);
        setOwnKey(null);
        onSaved(opens && sent.state === 'logged' ? sent.ticket.id : undefined);
      },
    });
  };
  return { entry, change, save, clear: () => set(fresh()), isSaving: saving.isPending };
}
