import { Module } from '@nestjs/common';
import { ChannelsModule } from '#libs/channels';
import { RequestersModule } from '#libs/requesters';
import { AttachmentsRepository } from './attachments.repository.js';
import { CallsRepository } from './calls.repository.js';
import { DecisionsRepository } from './decisions.repository.js';
import { DeliveryService } from './delivery.service.js';
import { AcknowledgementsService } from './inbound/acknowledgements.service.js';
import { BotCommandsService } from './inbound/bot-commands.service.js';
import { ConversationsRepository } from './inbound/conversations.repository.js';
import { DeliveryReportsService } from './inbound/delivery-reports.service.js';
import { MessageChangesRepository } from './inbound/message-changes.repository.js';
import { MessageChangesService } from './inbound/message-changes.service.js';
import { RecordInboundRepository } from './inbound/record-inbound.repository.js';
import { RecordInboundService } from './inbound/record-inbound.service.js';
import { SendersService } from './inbound/senders.service.js';
import { ThreadRepository } from './inbound/thread.repository.js';
import { ThreadsService } from './inbound/threads.service.js';
import { TicketListRepository } from './list/ticket-list.repository.js';
import { TicketListService } from './list/ticket-list.service.js';
import { MovesService } from './moves.service.js';
import { NoteService } from './note.service.js';
import { ReachService } from './reach.service.js';
import { ReplyService } from './reply.service.js';
import { GrammarRepository } from './search/grammar.repository.js';
import { TicketAssigneesRepository } from './ticket-assignees.repository.js';
import { TicketRepository } from './ticket.repository.js';
import { TicketTrendRepository } from './ticket-trend.repository.js';
import { SavedViewsRepository } from './views/saved-views.repository.js';
import { SavedViewsService } from './views/saved-views.service.js';
import { TimelineRepository } from './timeline.repository.js';
import { WordingRepository } from './wording/wording.repository.js';

const parts = [
  AttachmentsRepository,
  CallsRepository,
  DecisionsRepository,
  DeliveryService,
  AcknowledgementsService,
  BotCommandsService,
  ConversationsRepository,
  DeliveryReportsService,
  MessageChangesRepository,
  MessageChangesService,
  RecordInboundRepository,
  RecordInboundService,
  SendersService,
  ThreadRepository,
  ThreadsService,
  MovesService,
  NoteService,
  ReachService,
  ReplyService,
  TicketAssigneesRepository,
  TicketListRepository,
  TicketListService,
  GrammarRepository,
  TicketRepository,
  TicketTrendRepository,
  SavedViewsRepository,
  SavedViewsService,
  TimelineRepository,
  WordingRepository,
];

@Module({ imports: [ChannelsModule.rows(), RequestersModule], providers: parts, exports: parts })
export class TicketsModule {}
