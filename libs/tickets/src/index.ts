// Tickets and their messages: finding the ticket a message belongs to, recording, answering, moving.
// Not for choosing who works a ticket: that is routing. Owns the tables `ticket`, `message`, `message_version`,
// `attachment`, `call`, `task`, `conversation`, `decision`, `ticket_search`, `desk_settings`,
// `acknowledgement_template`, `saved_view`.
export { AttachmentsRepository, type Attachment, type StoredFile } from './attachments.repository.js';
export { callMessage, type CallToLog } from './call-message.js';
export { CallsRepository, type CallEntry, type Task } from './calls.repository.js';
export type { Decision, NewDecision } from './decision.js';
export { DecisionsRepository } from './decisions.repository.js';
export { wholeDelivery, type Delivery } from './delivery.js';
export { DeliveryService } from './delivery.service.js';
export { mayMerge, planSplit, stateAfterMerge, subjectOf } from './merge-split.js';
export { AcknowledgementsService } from './inbound/acknowledgements.service.js';
export { BotCommandsService } from './inbound/bot-commands.service.js';
export { DeliveryReportsService } from './inbound/delivery-reports.service.js';
export type { Thread } from './inbound/find-thread.js';
export { authorOf } from './inbound/inbound-records.js';
export { InboundRound, type InboundItem } from './inbound/inbound-round.js';
export { isHuman } from './inbound/is-human.js';
export { MessageChangesService } from './inbound/message-changes.service.js';
export { unconfirmedFlag, type OpenedTicket, type Recording, type TouchedTicket } from './inbound/recording.js';
export { RecordInboundService } from './inbound/record-inbound.service.js';
export { requesterLocale } from './inbound/requester-locale.js';
export { SendersService } from './inbound/senders.service.js';
export { ThreadsService } from './inbound/threads.service.js';
export { insist, MovesService, type Mover } from './moves.service.js';
export { NoteService } from './note.service.js';
export { readPhoneNumber, type PhoneNumber } from './phone-number.js';
export { ReachService } from './reach.service.js';
export { replyChannels, replyRoutes, type Reach, type ReplyRoute } from './reply-route.js';
export { ReplyService, type ReplyDraft, type WrittenReply } from './reply.service.js';
export { TicketAssigneesRepository } from './ticket-assignees.repository.js';
export { listOrders, type ListOrder, type ListPosition } from './list/list-order.js';
export type { TextSearch, TicketFilter } from './list/ticket-filter.js';
export { TicketListRepository, type ListedTicket, type ListRequest } from './list/ticket-list.repository.js';
export { TicketListService, type Count } from './list/ticket-list.service.js';
export { mayChange as mayChangeView, viewColumns, type SavedView, type ViewId } from './views/saved-view.js';
export { SavedViewsService } from './views/saved-views.service.js';
export { TicketRepository } from './ticket.repository.js';
export { TicketTrendRepository, type Quarter, type Traffic } from './ticket-trend.repository.js';
export {
  afterReply,
  allowedMoves,
  needsWork,
  stateAfterReply,
  ticketMoves,
  ticketStates,
  type AfterReply,
  type Ticket,
  type TicketChange,
  type TicketState,
} from './ticket.js';
export type { TagMac } from './ticket-tag.js';
export { ticketTag } from './ticket-tag.js';
export { TimelineRepository, type TimelineEntry } from './timeline.repository.js';
export { readUploadToken, uploadToken, type Upload } from './upload-token.js';
export { acknowledgementPlaceholders, tellsNumber, unknownPlaceholders } from './wording/acknowledgement-template.js';
export { WordingRepository } from './wording/wording.repository.js';
export { type AcknowledgementTemplate, anyChannel, type DeskSettings } from './wording/wording.js';
export { TicketsModule } from './tickets.module.js';
