import { Injectable } from '@nestjs/common';
import type { MessageId, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { TimelineRepository, type Ticket } from '#libs/tickets';
import { TicketViews } from './ticket-views.service.js';
import { TimelineViews } from './timeline-views.service.js';

/** What was just written, as the answer to whoever wrote it. */
@Injectable()
export class WrittenViews {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineRepository,
    private readonly tickets: TicketViews,
    private readonly entries: TimelineViews,
  ) {}

  async message(ticketId: TicketId, messageId: MessageId) {
    const entry = await this.timeline.get(this.database.db, ticketId, messageId);
    const [message] = entry ? await this.entries.list([entry]) : [];
    if (!message) throw new DeskError('not_found', 'refusal.noMessage');
    return message;
  }

  async reply(ticket: Ticket, messageId: MessageId) {
    const message = await this.message(ticket.id, messageId);
    return { message, delivery: message.delivery, ticket: await this.tickets.one(ticket) };
  }
}
