import type { InboundMessage, Locale, OutboundMessage, TicketId } from '#libs/contracts';
import { text } from '#libs/platform';

/** Most automatic messages to one destination within a day: two robots that answer each other stop here. */
export const mostAutomatic = 10;

export interface AcknowledgementFacts {
  readonly message: InboundMessage;
  /** Whether the channel carries answers. */
  readonly canReply: boolean;
  /** Whether the sender was known, or could be read at all. */
  readonly senderKnown: boolean;
  /** Automatic messages that the destination got within a day. */
  readonly sentWithinDay: number;
  /** Whether the desk acknowledges at all. */
  readonly switchedOff: boolean;
}

export type Silence = 'automatic' | 'call' | 'channel' | 'no-address' | 'unreadable' | 'too-many' | 'switched-off';

/** Why a new ticket is not acknowledged; undefined when it is. */
export function silence(facts: AcknowledgementFacts): Silence | undefined {
  const { message, canReply, senderKnown, sentWithinDay, switchedOff } = facts;
  if (switchedOff) return 'switched-off';
  if (message.automatic !== undefined) return 'automatic';
  if (message.call) return 'call';
  if (!canReply) return 'channel';
  if (acknowledgementAddress(message) === '') return 'no-address';
  if (message.flags.includes('unreadable') && !senderKnown) return 'unreadable';
  return sentWithinDay >= mostAutomatic ? 'too-many' : undefined;
}

/**
 * Where the acknowledgement goes: where answers are wanted, but never to another domain than the sender's, because
 * a Reply-To must not aim our automatic mail at somebody else.
 */
export function acknowledgementAddress({ replyTo, sender }: Pick<InboundMessage, 'replyTo' | 'sender'>): string {
  const own = sender.addresses.find(({ kind }) => kind === 'email')?.value;
  if (replyTo === '' || own === undefined) return replyTo;
  return domainOf(replyTo) === domainOf(own) ? replyTo : own;
}

const longestSubject = 400;

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

export interface Acknowledged {
  readonly id: TicketId;
  readonly number: string;
  readonly locale: Locale;
  readonly tag: string;
  /** What the acknowledgement says. */
  readonly says: string;
}

/** Tells the number of a new ticket, in answer to the message that opened it. */
export function composeAcknowledgement(message: InboundMessage, ticket: Acknowledged): OutboundMessage {
  const { locale, number, tag, says } = ticket;
  return {
    v: 1,
    to: acknowledgementAddress(message),
    ...(message.writtenTo && { from: message.writtenTo }),
    subject: answered(message.subject.trim() || text(locale, 'requester.noSubject')),
    text: says,
    attachments: [],
    references: [message.externalId],
    automatic: true,
    ticketNumber: number,
    replyTag: tag,
    locale,
  };
}

/** Cut by letters: half of a pair would be no text at all. */
const answered = (subject: string): string =>
  [...`Re: ${subject.replace(/^(re\s*:\s*)+/i, '')}`].slice(0, longestSubject).join('');
