import type { MessageId } from '#libs/contracts';
import type { Saying } from '#libs/platform';
import { mayMove, needsWork, permitted, type Permit, type Ticket, type TicketState } from './ticket.js';

type Mergeable = Pick<Ticket, 'id' | 'state' | 'mergedInto'>;

/**
 * Whether everything of `source` may move to `target`. `agreed`: they have one requester, or the
 * specialist said outright that two may be joined (the answer will go to the requester of `target` alone).
 */
export function mayMerge(source: Mergeable, target: Mergeable, agreed: boolean): Permit {
  if (source.id === target.id) return { ok: false, code: 'conflict', detail: 'refusal.intoItself' };
  const leaving = mayMove(source, 'merge');
  if (!leaving.ok) return leaving;
  const joined = mayMove(target, 'merge');
  if (!joined.ok) return joined;
  if (!agreed) {
    return {
      ok: false,
      code: 'conflict',
      detail: 'refusal.otherRequester',
    };
  }
  return permitted;
}

/** Work that `source` still needed is now needed on `target`. */
export const stateAfterMerge = (source: TicketState, target: TicketState): TicketState =>
  needsWork(source) && !needsWork(target) ? 'waiting' : target;

/** What splitting has to know of a message. */
export interface SplitCandidate {
  readonly id: MessageId;
  readonly type: string;
  readonly authorType: string;
  readonly authorId: string | null;
  readonly authorAddress: string | null;
}

export type Split =
  | { readonly ok: true; readonly moved: readonly MessageId[] }
  | { readonly ok: false; readonly code: 'conflict' | 'not_found'; readonly detail: Saying };

/** Messages of people outside the desk; only they can be the start of a ticket. */
const fromOutside = (message: SplitCandidate): boolean => message.type === 'inbound' || message.type === 'call';

const sameAuthor = (one: SplitCandidate, other: SplitCandidate): boolean =>
  one.authorType === other.authorType &&
  one.authorId === other.authorId &&
  (one.authorId !== null || one.authorAddress === other.authorAddress);

/**
 * Which messages of a timeline (oldest first) leave for a ticket of their own: the named one and, when `follow` is
 * set, what its author wrote after it. Something from outside must stay, or the old ticket would be about nothing.
 */
export function planSplit(timeline: readonly SplitCandidate[], id: MessageId, follow: boolean): Split {
  const start = timeline.findIndex((message) => message.id === id);
  const first = timeline[start];
  if (!first) return { ok: false, code: 'not_found', detail: 'refusal.noMessage' };
  if (!fromOutside(first)) return { ok: false, code: 'conflict', detail: 'refusal.insideOnly' };
  const following = follow
    ? timeline.slice(start + 1).filter((message) => fromOutside(message) && sameAuthor(message, first))
    : [];
  const moved = [first, ...following].map((message) => message.id);
  if (!timeline.some((message) => fromOutside(message) && !moved.includes(message.id))) {
    return { ok: false, code: 'conflict', detail: 'refusal.nothingStays' };
  }
  return { ok: true, moved };
}

/** The subject of a ticket whose first message has none: the beginning of its text, on one line. */
export function subjectOf(message: { readonly subject: string | null; readonly text: string }): string {
  const subject = (message.subject ?? '').trim() || message.text.replace(/\s+/gu, ' ').trim();
  const cut = Array.from(subject).slice(0, 120).join('');
  return cut === subject ? subject : `${cut}…`;
}
