// Who works what: rules that give a request its queue, work items, and the choice of a specialist.
// Not for what a ticket may do: that is tickets. Owns the tables `rule`, `work_item`, `bulk_act`
// and `bulk_act_ticket`.
export { AnswerService, type Answer, type GivenAnswer } from './answer.service.js';
export {
  bulkStates,
  bulkTicketStates,
  mostBulkTickets,
  ticketActs,
  type BulkAct,
  type BulkActId,
  type BulkReason,
  type TicketAct,
} from './bulk/bulk-act.js';
export { BulkActsRepository } from './bulk/bulk-acts.repository.js';
export { BulkActsService } from './bulk/bulk-acts.service.js';
export { BulkSource } from './bulk/bulk-source.service.js';
export { BulkWork } from './bulk/bulk-work.service.js';
export { CallLogService } from './call-log.service.js';
export { RegroupService } from './regroup.service.js';
export { TakeInService, type TakenIn, type TakenItem } from './take-in.service.js';
export { WorkService, type Seen } from './work.service.js';
export type { Routed } from './inbound/route-inbound.service.js';
export { RouteInbound } from './inbound/route-inbound.service.js';
export type { AssignOutcome, EndedWorkItem, NewWorkItem } from './assignment/work-items.repository.js';
export { WorkItemsRepository } from './assignment/work-items.repository.js';
export type { ChannelLoad, QueueLoad, SpecialistLoad } from './assignment/work-load.repository.js';
export { WorkLoadRepository } from './assignment/work-load.repository.js';
export { AssignWaiting, type AssignmentCount } from './assignment/assign-waiting.service.js';
export { WaitingSource } from './assignment/waiting-source.service.js';
export { ruleCondition, ruleDeclaration, ruleOutcome, type Rule, type RuleDeclaration } from './rules/rule.js';
export { type KeptRule, type RuleChange, RulesRepository } from './rules/rules.repository.js';
export { RoutingModule } from './routing.module.js';
