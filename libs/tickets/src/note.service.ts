import { Injectable } from '@nestjs/common';
import type { MessageId, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import { MovesService, type Mover } from './moves.service.js';
import { TicketRepository } from './ticket.repository.js';
import { TimelineRepository } from './timeline.repository.js';

/** Notes are for the desk alone: they have a road of their own that leads to no channel. */
@Injectable()
export class NoteService {
  constructor(
    private readonly database: Database,
    private readonly moves: MovesService,
    private readonly tickets: TicketRepository,
    private readonly timeline: TimelineRepository,
    private readonly events: EventsRepository,
  ) {}

  async note(ticketId: TicketId, text: string, by: Mover): Promise<MessageId> {
    return this.database.transaction(async (tx) => {
      const ticket = await this.moves.begin(tx, ticketId, 'note');
      const messageId = await this.timeline.add(tx, {
        ticketId,
        type: 'note',
        channel: ticket.channel,
        accountId: null,
        authorType: by.type,
        authorId: by.id,
        authorName: by.name,
        text,
      });
      await this.tickets.write(tx, ticketId, {});
      await this.events.add(tx, [
        { type: 'message.added', ticketId, queueId: ticket.queueId, data: { messageId, type: 'note' } },
      ]);
      return messageId;
    });
  }
}
