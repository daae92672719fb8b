import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { ChannelsModule } from '#libs/channels';
import { RequestersModule } from '#libs/requesters';
import { RoutingModule } from '#libs/routing';
import { SpecialistsModule } from '#libs/specialists';
import { TicketsModule } from '#libs/tickets';
import { BulkController } from '../bulk/bulk.controller.js';
import { BulkWishes } from '../bulk/bulk-wishes.service.js';
import { CallerRecords } from '../calls/caller-records.service.js';
import { CallersService } from '../calls/callers.service.js';
import { CallsController } from '../calls/calls.controller.js';
import { TasksController } from '../calls/tasks.controller.js';
import { QueueLoads } from '../queues/queue-loads.service.js';
import { QueuesController } from '../queues/queues.controller.js';
import { RequestersController } from '../requesters/requesters.controller.js';
import { SpecialistsController } from '../specialists/specialists.controller.js';
import { StaffService } from '../specialists/staff.service.js';
import { RepliesController } from './replies.controller.js';
import { ReplyFiles } from './reply-files.service.js';
import { TicketFilesController } from './ticket-files.controller.js';
import { TicketMovesController } from './ticket-moves.controller.js';
import { TicketPlaces } from './ticket-places.service.js';
import { TicketViews } from './ticket-views.service.js';
import { TicketsController } from './tickets.controller.js';
import { TimelineViews } from './timeline-views.service.js';
import { TimelineController } from './timeline.controller.js';
import { ViewCounts } from '../views/view-counts.service.js';
import { ViewsController } from '../views/views.controller.js';
import { WrittenViews } from './written-views.service.js';

/** The work of the desk over HTTP: tickets, calls, queues, specialists, requesters. */
@Module({
  imports: [AccessModule, ChannelsModule.rows(), RequestersModule, RoutingModule, SpecialistsModule, TicketsModule],
  controllers: [
    BulkController,
    CallsController,
    QueuesController,
    RepliesController,
    RequestersController,
    SpecialistsController,
    TasksController,
    TicketFilesController,
    TicketMovesController,
    TicketsController,
    TimelineController,
    ViewsController,
  ],
  providers: [
    BulkWishes,
    CallerRecords,
    CallersService,
    QueueLoads,
    ReplyFiles,
    StaffService,
    TicketPlaces,
    TicketViews,
    TimelineViews,
    ViewCounts,
    WrittenViews,
  ],
  exports: [StaffService, TicketPlaces],
})
export class DeskModule {}
