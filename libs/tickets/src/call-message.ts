import type { InboundMessage, LoggedCall, PersonId, TicketId } from '#libs/contracts';
import { subjectOf } from './merge-split.js';
import type { PhoneNumber } from './phone-number.js';

/** A call as somebody logs it, its number read already. */
export interface CallToLog {
  readonly number: Exclude<PhoneNumber, { kind: 'invalid' }>;
  readonly phoneAsGiven: string;
  readonly direction: 'in' | 'out';
  readonly medium?: string | undefined;
  /** What the call was about, in the words of who logs it. */
  readonly text: string;
  readonly name?: string | undefined;
  readonly kind?: string | undefined;
  /** The ticket that the call belongs to; a new one without it. */
  readonly ticketId?: TicketId | undefined;
  readonly resolved: boolean;
  readonly outcome?: string | undefined;
  readonly startedAt: Date;
  readonly endedAt?: Date | undefined;
  readonly callBack?: { readonly dueAt: Date; readonly note: string } | undefined;
  readonly loggedBy?: PersonId | undefined;
}

/** How a phone number stands among the addresses of a requester: people behind one exchange are told apart. */
export const phoneAddress = (phone: string, extension: string | undefined): string =>
  extension ? `${phone};ext=${extension}` : phone;

/** A logged call takes the road of every request: this is its normalized message. */
export function callMessage(call: CallToLog, externalId: string): InboundMessage {
  const facts = callFacts(call);
  return {
    v: 1,
    type: 'message',
    externalId,
    sender: {
      // A telephone network lets a caller show any number: enough to recognise somebody, not to merge two people.
      addresses: facts.phone
        ? [{ kind: 'phone', value: phoneAddress(facts.phone, facts.extension), proof: 'wrote' }]
        : [],
      ...(call.name && { name: call.name }),
    },
    replyTo: '',
    others: [],
    subject: subjectOf({ subject: null, text: call.text }),
    text: call.text,
    attachments: [],
    thread: { references: [], subjectNumbers: [], ...(call.ticketId && { provenTicket: call.ticketId }) },
    ...(call.kind && { requestKind: call.kind }),
    flags: [],
    sentAt: facts.startedAt,
    call: facts,
  };
}

function callFacts(call: CallToLog): LoggedCall {
  const { number, phoneAsGiven, direction, resolved, outcome, loggedBy, callBack } = call;
  return {
    ...(number.kind !== 'anonymous' && { phone: number.phone }),
    ...(number.kind === 'public' && number.extension && { extension: number.extension }),
    phoneAsGiven,
    direction,
    resolved,
    medium: call.medium ?? 'phone',
    startedAt: call.startedAt.toISOString(),
    ...(call.endedAt && { endedAt: call.endedAt.toISOString() }),
    ...(outcome && { outcome }),
    ...(loggedBy && { loggedBy }),
    ...(callBack && { callBack: { dueAt: callBack.dueAt.toISOString(), note: callBack.note } }),
  };
}
