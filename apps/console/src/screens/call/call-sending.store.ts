import { ask, desk } from '../../api/desk.client.js';
import { DeskProblem } from '../../api/problem.js';
import { randomKey } from '../../api/random-key.js';
import type { Shape } from '../../api/shape.js';
import { forgetEntry, keepEntry } from './call-entries.store.js';
import type { CallEntry } from './call-entry.js';

/** A line that says nothing for so long is lost. */
const patienceMs = 10_000;
/** Refusals that pass by themselves: the entry stays as it is, and is sent again. */
const passing = new Set(['unreachable', 'unavailable', 'too_many_requests', 'conflict']);

/** `waiting`: the desk could not be reached. */
export type Sent =
  | { readonly state: 'logged'; readonly ticket: Shape<'TicketCard'> }
  | { readonly state: 'waiting' }
  | { readonly state: 'refused'; readonly draft: CallEntry };

const underway = new Map<string, Promise<Sent>>();

/** Keeps what was written down and sends it; an entry that is being sent already is not sent twice. */
export function sendEntry(personId: string, entry: CallEntry): Promise<Sent> {
  const known = underway.get(entry.key);
  if (known) return known;
  const sending = send(personId, entry).finally(() => underway.delete(entry.key));
  underway.set(entry.key, sending);
  keepEntry(personId, entry);
  return sending;
}

export const isUnderway = ({ key }: CallEntry): boolean => underway.has(key);

async function send(personId: string, entry: CallEntry): Promise<Sent> {
  const { key, body } = entry;
  if (!body) throw new Error('The call is not written yet');
  try {
    const headers = { 'idempotency-key': key };
    const signal = AbortSignal.timeout(patienceMs);
    const ticket = await ask(desk.POST('/api/v1/calls', { headers, body, signal }));
    forgetEntry(personId, key);
    return { state: 'logged', ticket };
  } catch (problem) {
    // Whose session ended, signs in again; the entry waits for that.
    if (!(problem instanceof DeskProblem) || problem.code === 'unauthenticated') throw problem;
    if (passing.has(problem.code)) return { state: 'waiting' };
    // Corrected, it is another call to the desk.
    const draft = { ...entry, key: randomKey(), body: null, problem: problem.facts };
    keepEntry(personId, draft);
    forgetEntry(personId, key);
    return { state: 'refused', draft };
  }
}
