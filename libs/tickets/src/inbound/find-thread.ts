import type { RequesterId, ThreadClues, TicketId } from '#libs/contracts';
import type { TicketState } from '../ticket.js';
import { tagInReference } from '../ticket-tag.js';

/** What finding a thread has to know of a ticket; tickets that were merged away stand under the one they became. */
export interface ThreadTicket {
  readonly id: TicketId;
  readonly state: TicketState;
  readonly requesterId: RequesterId;
}

/** What the clues of one message lead to. */
export interface ThreadFacts {
  readonly ticket: (id: TicketId) => ThreadTicket | undefined;
  /** The ticket of a tag, if the tag is ours. */
  readonly byTag: (tag: string) => TicketId | undefined;
  /** Ticket in which an item with this id stands, received or sent, on the channel of the message. */
  readonly byReference: (reference: string) => TicketId | undefined;
  readonly byNumber: (number: string) => TicketId | undefined;
  /** What the messenger's conversation is about now. */
  readonly conversation: TicketId | undefined;
  /** Whether the sender wrote in the ticket before, or was named in it as a recipient, by somebody who belongs to it. */
  readonly takesPart: (id: TicketId) => boolean;
}

export type ThreadClue = 'secret' | 'tag' | 'signed-reference' | 'reference' | 'conversation' | 'number';

/** Why a clue was not followed. */
export type RefusalReason = 'not-ours' | 'unknown' | 'stranger' | 'closed';

export interface RefusedClue {
  readonly clue: ThreadClue;
  readonly why: RefusalReason;
  /** The ticket it pointed at: what a person may want to look at. */
  readonly ticketId?: TicketId;
}

export interface Thread {
  /** Undefined: the message begins a ticket of its own. */
  readonly ticketId: TicketId | undefined;
  readonly clue: ThreadClue | undefined;
  /** A participant's message is shown as theirs and gives them no rights over the ticket. */
  readonly author: 'requester' | 'participant';
  /** False for a stranger who has a reference of ours: a mail that was passed on. It is shown and changes nothing. */
  readonly confirmed: boolean;
  readonly refused: readonly RefusedClue[];
}

interface Pointer {
  readonly clue: ThreadClue;
  readonly target: TicketId | undefined;
}

/**
 * The ticket that a message continues: by a secret that we issued, then by what the sender's program refers to,
 * nearest first, then by the conversation, last by a number in the subject. What anybody can write into a message
 * (a reference, a number) is believed only from somebody who belongs to the ticket.
 */
export function findThread(clues: ThreadClues, sender: RequesterId | undefined, facts: ThreadFacts): Thread {
  const refused: RefusedClue[] = [];
  for (const { clue, target } of pointers(clues, facts)) {
    const ticket = target === undefined ? undefined : facts.ticket(target);
    if (!ticket) {
      refused.push({ clue, why: isPassedOn(clue) ? 'not-ours' : 'unknown' });
      continue;
    }
    const own = ticket.requesterId === sender;
    const why = own ? undefined : refusal(clue, ticket, facts);
    if (!why) {
      const confirmed = own || !isPassedOn(clue) || facts.takesPart(ticket.id);
      return { ticketId: ticket.id, clue, author: own ? 'requester' : 'participant', confirmed, refused };
    }
    refused.push({ clue, why, ticketId: ticket.id });
  }
  return { ticketId: undefined, clue: undefined, author: 'requester', confirmed: true, refused };
}

/** Clues that stand in our mails: whoever was sent one on has them. */
const isPassedOn = (clue: ThreadClue): boolean => clue === 'tag' || clue === 'signed-reference';

/** A ticket that is done is not opened again by somebody else: what they write becomes a ticket of theirs. */
function refusal(clue: ThreadClue, ticket: ThreadTicket, facts: ThreadFacts): RefusalReason | undefined {
  if (clue === 'secret') return undefined;
  if (clue === 'number') return 'stranger';
  if (clue === 'reference' && !facts.takesPart(ticket.id)) return 'stranger';
  return ticket.state === 'closed' ? 'closed' : undefined;
}

function* pointers(clues: ThreadClues, facts: ThreadFacts): Generator<Pointer> {
  if (clues.provenTicket) yield { clue: 'secret', target: clues.provenTicket };
  if (clues.plusTag) yield { clue: 'tag', target: facts.byTag(clues.plusTag) };
  for (const reference of clues.references) {
    const tag = tagInReference(reference);
    if (tag) yield { clue: 'signed-reference', target: facts.byTag(tag) };
  }
  for (const reference of clues.references) {
    const target = facts.byReference(reference);
    if (target) yield { clue: 'reference', target };
  }
  if (facts.conversation) yield { clue: 'conversation', target: facts.conversation };
  for (const number of clues.subjectNumbers) yield { clue: 'number', target: facts.byNumber(number) };
}
