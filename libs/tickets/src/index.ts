// Tickets and their messages: finding the ticket a message belongs to, recording, answering, moving.
// Not for choosing who works a ticket: that is routing. Owns the tables `ticket`, `message`, `message_version`,
// `attachment`, `call`, `task`, `conversation`, `decision`.
export { TicketAssigneesRepository } from './ticket-assignees.repository.js';
export type { TagMac } from './ticket-tag.js';
export { outboundIdOf, readTicketTag, tagInReference, ticketTag } from './ticket-tag.js';
