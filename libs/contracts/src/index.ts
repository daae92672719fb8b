// The shapes that processes and libs share: ids, inbound and outbound messages, jobs, events, codes of refusals.
// Not for behaviour: nothing here touches the world. Owns no tables.
export type {
  AccountId,
  AttachmentId,
  InboxId,
  MessageId,
  OutboxId,
  PersonId,
  QueueId,
  RequesterId,
  TicketId,
  WorkItemId,
} from './ids.js';
export { isId } from './ids.js';
export type { Locale, LocalText } from './locale.js';
export { locales } from './locale.js';
export type {
  AddressProof,
  AutomaticKind,
  DeliveryReport,
  InboundAttachment,
  InboundMessage,
  LoggedCall,
  PersonAddress,
  ThreadClues,
} from './inbound-message.js';
export { inboundMessage } from './inbound-message.js';
export type { DeliveryState, OutboundMessage } from './outbound-message.js';
export { deliveryStates, outboundMessage } from './outbound-message.js';
export type { JobPayload } from './jobs.js';
export { checkJob, jobPayload, jobs, jobVersion, outboundJob } from './jobs.js';
export type { DeskEvent, EventType } from './events.js';
export { eventTypes } from './events.js';

export type { ErrorCode } from './errors.js';
export { errorCodes, Refused, Retry, Unknown } from './errors.js';
