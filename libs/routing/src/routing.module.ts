import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { ChannelsModule } from '#libs/channels';
import { RequestersModule } from '#libs/requesters';
import { SpecialistsModule } from '#libs/specialists';
import { TicketsModule } from '#libs/tickets';
import { AnswerService } from './answer.service.js';
import { AssignWaiting } from './assignment/assign-waiting.service.js';
import { AssignmentRecords } from './assignment/assignment-records.service.js';
import { CandidatesService } from './assignment/candidates.service.js';
import { WaitingSource } from './assignment/waiting-source.service.js';
import { WorkItemsRepository } from './assignment/work-items.repository.js';
import { WorkLoadRepository } from './assignment/work-load.repository.js';
import { BulkActsRepository } from './bulk/bulk-acts.repository.js';
import { BulkActsService } from './bulk/bulk-acts.service.js';
import { BulkSource } from './bulk/bulk-source.service.js';
import { BulkWork } from './bulk/bulk-work.service.js';
import { CallLogService } from './call-log.service.js';
import { EpisodesService } from './episodes.service.js';
import { FollowingWorkService } from './inbound/following-work.service.js';
import { PlaceMessagesService } from './inbound/place-messages.service.js';
import { RouteInbound } from './inbound/route-inbound.service.js';
import { RouteRound } from './inbound/route-round.service.js';
import { RegroupService } from './regroup.service.js';
import { RulesRepository } from './rules/rules.repository.js';
import { TriageService } from './rules/triage.service.js';
import { TakeInService } from './take-in.service.js';
import { WorkService } from './work.service.js';

const open = [
  AnswerService,
  AssignWaiting,
  BulkActsRepository,
  BulkActsService,
  BulkSource,
  BulkWork,
  CallLogService,
  EpisodesService,
  RegroupService,
  RouteInbound,
  RulesRepository,
  TakeInService,
  WaitingSource,
  WorkItemsRepository,
  WorkLoadRepository,
  WorkService,
];
const within = [
  AssignmentRecords,
  CandidatesService,
  FollowingWorkService,
  PlaceMessagesService,
  RouteRound,
  TriageService,
];

@Module({
  imports: [AccessModule, ChannelsModule.rows(), RequestersModule, SpecialistsModule, TicketsModule],
  providers: [...open, ...within],
  exports: open,
})
export class RoutingModule {}
