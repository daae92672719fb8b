import { Injectable } from '@nestjs/common';
import { PeopleRepository } from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { RequestersRepository, type Requester } from '#libs/requesters';
import { QueuesRepository, type Kind, type Queue } from '#libs/specialists';
import { allowedMoves, CallsRepository, ReachService, replyChannels, type Ticket } from '#libs/tickets';

/** All that a page of tickets names beside the tickets. */
interface Names {
  readonly requesters: ReadonlyMap<string, Requester>;
  readonly people: ReadonlyMap<PersonId, string>;
  readonly queues: readonly Queue[];
  readonly kinds: readonly Kind[];
}

/** Tickets in the words of the API: ids become what a reader wants to see, in one statement a table. */
@Injectable()
export class TicketViews {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly requesters: RequestersRepository,
    private readonly queues: QueuesRepository,
    private readonly calls: CallsRepository,
    private readonly reach: ReachService,
  ) {}

  async list(tickets: readonly Ticket[]) {
    const names = await this.names(tickets);
    return tickets.map((ticket) => view(ticket, names));
  }

  async one(ticket: Ticket) {
    return view(ticket, await this.names([ticket]));
  }

  /** With how the requester is known, what was promised and what may be done. */
  async card(ticket: Ticket) {
    const { db } = this.database;
    const [names, reach, tasks] = await Promise.all([
      this.names([ticket]),
      this.reach.of(db, ticket.requesterId),
      this.calls.tasksOf(db, ticket.id),
    ]);
    const shown = view(ticket, names);
    const locale = names.requesters.get(ticket.requesterId)?.locale ?? null;
    return {
      ...shown,
      requester: { ...shown.requester, locale, addresses: reach.addresses },
      replyChannels: replyChannels(ticket, reach),
      tasks,
      moves: allowedMoves(ticket),
    };
  }

  private async names(tickets: readonly Ticket[]): Promise<Names> {
    const { db } = this.database;
    const requesterIds = [...new Set(tickets.map(({ requesterId }) => requesterId))];
    const assigneeIds = [...new Set(tickets.flatMap(({ assigneeId }) => assigneeId ?? []))];
    const [requesters, people, queues, kinds] = await Promise.all([
      this.requesters.byIds(db, requesterIds),
      this.people.names(db, assigneeIds),
      this.queues.list(db, true),
      this.queues.kinds(db, true),
    ]);
    return { requesters, people, queues, kinds };
  }
}

function view(ticket: Ticket, names: Names) {
  const { id, number, subject, state, priority, channel, locale, outcome, mergedInto, version } = ticket;
  const { createdAt, updatedAt, firstRepliedAt, closedAt, waitingSince, assigneeId } = ticket;
  const requester = names.requesters.get(ticket.requesterId);
  const queue = names.queues.find((known) => known.id === ticket.queueId);
  const kind = names.kinds.find((known) => known.key === ticket.kind);
  return {
    id,
    number,
    subject,
    state,
    queue: { id: ticket.queueId, key: queue?.key ?? '', title: queue?.title ?? { ru: '', en: '' } },
    kind: kind ? { key: kind.key, title: kind.title } : null,
    priority,
    requester: { id: requester?.id ?? ticket.requesterId, name: requester?.name ?? null },
    assignee: assigneeId ? { id: assigneeId, name: names.people.get(assigneeId) ?? null } : null,
    channel,
    locale,
    outcome,
    mergedInto,
    createdAt,
    updatedAt,
    firstRepliedAt,
    closedAt,
    waitingSince,
    version,
    // Filled once service levels exist; programs may rely on the field.
    slaClocks: [],
  };
}
