import type { InboundMessage } from '#libs/contracts';
import { text } from '#libs/platform';
import { subjectOf } from '../merge-split.js';
import type { InboundItem } from './inbound-round.js';
import { isHuman } from './is-human.js';
import type { Author, NewInboundMessage, NewInboundTicket, Placement, Recording } from './recording.js';
import { requesterLocale } from './requester-locale.js';
import { visiblePart } from './visible-part.js';

/** Who a message is shown as written by: a robot, whoever logged an outgoing call, or a person from outside. */
export function authorOf({ row: { message }, requesterId }: InboundItem, role: 'requester' | 'participant'): Author {
  if (!isHuman(message)) return { type: 'program', id: null };
  if (message.call?.direction === 'out') {
    return message.call.loggedBy ? { type: 'person', id: message.call.loggedBy } : { type: 'program', id: null };
  }
  return { type: role, id: requesterId ?? null };
}

/** The row of a ticket that a message opens. */
export function inboundTicketOf({ row, requesterId }: InboundItem, placement: Placement): NewInboundTicket {
  const { message, channel, accountId } = row;
  if (requesterId === undefined) throw new Error(`inbox row ${row.id} has no requester`);
  const locale = requesterLocale(message);
  return {
    ...placement,
    ...beginningOf(message),
    subject: subjectOf(message) || (message.attachments[0]?.name ?? text(locale, 'requester.noSubject')),
    requesterId,
    channel,
    accountId,
    replyTo: message.replyTo || null,
    replyFrom: message.writtenTo ?? null,
    conversation: message.thread.conversation ?? null,
    locale,
  };
}

/** A request that was resolved on the call needs nobody. */
function beginningOf({ call }: InboundMessage): Pick<NewInboundTicket, 'state' | 'outcome'> {
  return call?.resolved ? { state: 'closed', outcome: call.outcome ?? null } : { state: 'waiting', outcome: null };
}

/** The row of a message in its ticket. */
export function inboundMessageOf({ item: { row }, ticketId, author, flags }: Recording): NewInboundMessage {
  const { message, channel, accountId, id: inboxId } = row;
  return {
    ticketId,
    type: message.call ? 'call' : 'inbound',
    channel,
    accountId,
    inboxId,
    authorType: author.type,
    authorId: author.id,
    authorName: message.sender.name ?? null,
    authorAddress: message.sender.addresses[0]?.value ?? null,
    subject: message.subject,
    ...visiblePart(message),
    html: message.html ?? null,
    externalId: message.externalId,
    groupKey: message.thread.group ?? null,
    others: message.others,
    automatic: message.automatic ?? (message.type === 'report' ? 'bounce' : null),
    flags: [...message.flags, ...flags],
    sentAt: storableTime(message.sentAt),
  };
}

/** What a sender's clock says, where a calendar can hold it. */
function storableTime(sentAt: InboundMessage['sentAt']): string | null {
  const time = new Date(sentAt ?? '');
  const year = time.getUTCFullYear();
  return year >= 1970 && year <= 2200 ? time.toISOString() : null;
}
