import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels';
import { RequestersModule } from '#libs/requesters';
import { AttachmentsRepository } from './attachments.repository.js';
import { CallsRepository } from './calls.repository.js';
import { DecisionsRepository } from './decisions.repository.js';
import { DeliveryService } from './delivery.service.js';
import { MovesService } from './moves.service.js';
import { NoteService } from './note.service.js';
import { ReachService } from './reach.service.js';
import { ReplyService } from './reply.service.js';
import { TicketAssigneesRepository } from './ticket-assignees.repository.js';
import { TicketListRepository } from './ticket-list.repository.js';
import { TicketRepository } from './ticket.repository.js';
import { TimelineRepository } from './timeline.repository.js';

const parts = [
  AttachmentsRepository,
  CallsRepository,
  DecisionsRepository,
  DeliveryService,
  MovesService,
  NoteService,
  ReachService,
  ReplyService,
  TicketAssigneesRepository,
  TicketListRepository,
  TicketRepository,
  TimelineRepository,
];

@Module({ imports: [ChannelsModule.rows(), RequestersModule], providers: parts, exports: parts })
export class TicketsModule {}
