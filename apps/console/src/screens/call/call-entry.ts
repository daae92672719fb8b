import type { ProblemFacts } from '../../api/problem.js';
import type { paths } from '../../api/schema.js';
import { momentOf } from './local-time.js';

type CallBody = paths['/api/v1/calls']['post']['requestBody']['content']['application/json'];

/** What a person writes down of one call. */
export interface CallEntry {
  /** Names this very call: sent again after a broken line, it is logged once. */
  readonly key: string;
  readonly phone: string;
  readonly direction: 'in' | 'out';
  readonly name: string;
  readonly kind: string | null;
  readonly text: string;
  readonly resolved: boolean;
  readonly outcome: string;
  /** The ticket that the call belongs to; a new one without it. */
  readonly ticket: { readonly id: string; readonly number: string } | null;
  readonly callBack: { readonly dueAt: string; readonly note: string } | null;
  readonly openedAt: number;
  /** When the clock would have stood at nought. */
  readonly runsFrom: number;
  /** How long they talked, where the clock was stopped or corrected; null while it runs. */
  readonly talked: number | null;
  /** The beginning as somebody wrote it; null: when the form was opened. */
  readonly began: string | null;
  /** When it was last known that somebody writes here. */
  readonly keptAt: number;
  /** Why the desk did not take it. */
  readonly problem: ProblemFacts | null;
  /** What is to be sent: the entry is written and waits for the network. */
  readonly body: CallBody | null;
}

/** A tab that has not been heard of for so long is gone, and what was written in it is anybody's. */
const goneMs = 4_000;
/** A clock that nobody looked at for longer has not measured a call. */
const longestGapMs = 60_000;

export const newEntry = (key: string, now: number): CallEntry => ({
  key,
  phone: '',
  direction: 'in',
  name: '',
  kind: null,
  text: '',
  resolved: false,
  outcome: '',
  ticket: null,
  callBack: null,
  openedAt: now,
  runsFrom: now,
  talked: null,
  began: null,
  keptAt: now,
  problem: null,
  body: null,
});

/** Whether there is anything in it that somebody would miss. */
export const isWorthKeeping = ({ phone, name, kind, text, outcome, callBack }: CallEntry): boolean =>
  Boolean(phone.trim() || name.trim() || kind || text.trim() || outcome.trim() || callBack);

/** Seconds that they have talked. */
export const talkedSeconds = ({ talked, runsFrom }: CallEntry, now: number): number =>
  talked ?? Math.max(0, Math.floor((now - runsFrom) / 1_000));

/** The entry with its clock stopped, or going on from where it stood. */
export const clockToggled = (entry: CallEntry, now: number): CallEntry =>
  entry.talked === null
    ? { ...entry, talked: talkedSeconds(entry, now) }
    : { ...entry, talked: null, runsFrom: now - entry.talked * 1_000 };

/** When they talked: what was corrected by hand holds, and nothing ends in the future. */
export function callTimes(entry: CallEntry, now: number): { readonly startedAt: number; readonly endedAt: number } {
  const talkedMs = talkedSeconds(entry, now) * 1_000;
  const corrected = entry.began === null ? undefined : momentOf(entry.began, now, 'past');
  const startedAt = Math.min(corrected ?? Math.min(entry.openedAt, now - talkedMs), now);
  return { startedAt, endedAt: Math.min(startedAt + talkedMs, now) };
}

/** What must be filled in before the call can be saved, in the order of the form. */
export type Missing = 'phone' | 'kind' | 'text' | 'callBack' | 'began';
const fields = ['phone', 'kind', 'text', 'callBack', 'began'] as const;

export function missingOf(entry: CallEntry, hasKinds: boolean, now: number): Missing[] {
  const { phone, kind, text, resolved, ticket, callBack, began } = entry;
  const lacks: Readonly<Record<Missing, boolean>> = {
    phone: !phone.trim(),
    kind: hasKinds && !kind && !ticket,
    text: !text.trim() && !resolved,
    callBack: callBack !== null && momentOf(callBack.dueAt, now, 'ahead') === undefined,
    began: began !== null && momentOf(began, now, 'past') === undefined,
  };
  return fields.filter((field) => lacks[field]);
}

/** The call as the API takes it. */
export function bodyOf(entry: CallEntry, now: number): CallBody {
  const { phone, direction, name, kind, text, resolved, outcome, ticket, callBack } = entry;
  const { startedAt, endedAt } = callTimes(entry, now);
  const dueAt = callBack ? momentOf(callBack.dueAt, now, 'ahead') : undefined;
  return {
    phone: phone.trim(),
    direction,
    text: text.trim(),
    resolved,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(endedAt).toISOString(),
    ...(name.trim() && { name: name.trim() }),
    ...(kind && !ticket && { kind }),
    ...(ticket && { ticketId: ticket.id }),
    ...(resolved && outcome.trim() && { outcome: outcome.trim() }),
    ...(callBack && dueAt && { callBack: { dueAt: new Date(dueAt).toISOString(), note: callBack.note.trim() } }),
  };
}

/** What the form opens with: what this tab was writing, else what a tab that is gone left behind. */
export function entryToResume(
  entries: readonly CallEntry[],
  ownKey: string | null,
  now: number,
): CallEntry | undefined {
  const drafts = entries.filter(({ body }) => body === null);
  const left = drafts.filter(({ keptAt }) => now - keptAt > goneMs).toSorted((a, b) => b.keptAt - a.keptAt);
  const found = drafts.find(({ key }) => key === ownKey) ?? left.find(({ problem }) => problem) ?? left[0];
  if (!found || found.talked !== null || now - found.keptAt <= longestGapMs) return found;
  return { ...found, talked: talkedSeconds(found, found.keptAt) };
}
