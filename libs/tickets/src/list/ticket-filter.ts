import type { PersonId, QueueId, RequesterId } from '#libs/contracts';
import type { SearchQuery } from '../search/search-query.js';
import { ticketStates, type TicketState } from '../ticket.js';

/** Which tickets. What is left out or undefined is not asked for; of a list any will do. */
export interface TicketFilter {
  readonly states?: readonly TicketState[] | undefined;
  readonly queueIds?: readonly QueueId[] | undefined;
  /** Null: nobody has it. */
  readonly assigneeId?: PersonId | null | undefined;
  readonly channels?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly priority?: number | undefined;
  /** All ids of one requester. */
  readonly requesterIds?: readonly RequesterId[] | undefined;
  readonly number?: string | undefined;
  readonly createdFrom?: Date | undefined;
  readonly createdTo?: Date | undefined;
  readonly updatedFrom?: Date | undefined;
  readonly updatedTo?: Date | undefined;
  readonly search?: TextSearch | undefined;
}

/** Words that must stand in a ticket: in all that is known of it, or only in what its heading shows. */
export interface TextSearch extends SearchQuery {
  readonly within: 'everything' | 'heading';
}

const openStates = ticketStates.filter((state) => state !== 'closed');

/** Adds a value to a statement and gives its place there. */
export type Bind = (value: unknown) => string;

/** One condition a filter, each only when it is asked for: the planner then sees which index fits. Words are apart. */
export function conditionsOf(filter: TicketFilter, bind: Bind): string[] {
  return [...whose(filter, bind), ...which(filter, bind), ...when(filter, bind)];
}

function* whose({ states, assigneeId, requesterIds }: TicketFilter, bind: Bind): Generator<string> {
  // Said in so many words, for the indexes of what is not done.
  const open = states !== undefined && !states.includes('closed');
  if (open) yield `t.state <> 'closed'`;
  if (states && !(open && openStates.every((state) => states.includes(state)))) yield oneOf('t.state', states, bind);
  if (assigneeId === null) yield 't.assignee_id is null';
  else if (assigneeId) yield `t.assignee_id = ${bind(assigneeId)}`;
  if (requesterIds) yield oneOf('t.requester_id', requesterIds, bind);
}

function* which(filter: TicketFilter, bind: Bind): Generator<string> {
  const { queueIds, channels, kinds, priority, number } = filter;
  if (queueIds) yield oneOf('t.queue_id', queueIds, bind);
  if (channels) yield oneOf('t.channel', channels, bind);
  if (kinds) yield oneOf('t.kind', kinds, bind);
  if (priority !== undefined) yield `t.priority = ${bind(priority)}`;
  if (number) yield `t.number = ${bind(number)}`;
}

function* when(filter: TicketFilter, bind: Bind): Generator<string> {
  const { createdFrom, createdTo, updatedFrom, updatedTo } = filter;
  if (createdFrom) yield `t.created_at >= ${bind(createdFrom)}`;
  if (createdTo) yield `t.created_at < ${bind(createdTo)}`;
  if (updatedFrom) yield `t.updated_at >= ${bind(updatedFrom)}`;
  if (updatedTo) yield `t.updated_at < ${bind(updatedTo)}`;
}

const oneOf = (column: string, values: readonly unknown[], bind: Bind): string =>
  values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)})`;
