import { Injectable } from '@nestjs/common';
import type { MessageId, TicketId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { RequestersRepository } from '#libs/requesters';
import {
  insist,
  mayMerge,
  MovesService,
  planSplit,
  stateAfterMerge,
  subjectOf,
  TicketRepository,
  TimelineRepository,
  type Mover,
  type Ticket,
  type TimelineEntry,
} from '#libs/tickets';
import { EpisodesService } from './episodes.service.js';
import type { Seen } from './work.service.js';

/** Two requests that were one, and one that was two. */
@Injectable()
export class RegroupService {
  constructor(
    private readonly database: Database,
    private readonly moves: MovesService,
    private readonly tickets: TicketRepository,
    private readonly timeline: TimelineRepository,
    private readonly requesters: RequestersRepository,
    private readonly episodes: EpisodesService,
  ) {}

  /** Everything of `id` moves to `into`, what comes later follows; gives the ticket that is left. */
  async merge(id: TicketId, into: TicketId, force: boolean, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const both = await this.tickets.lock(tx, [id, into]);
      const source = await this.moves.begin(tx, id, 'merge', seen.versions);
      const target = both.get(into);
      if (!target) throw new DeskError('not_found', 'refusal.noTargetTicket');
      const roots = await this.requesters.roots(tx, [source.requesterId, target.requesterId]);
      const same = roots.get(source.requesterId) === roots.get(target.requesterId);
      insist(mayMerge(source, target, same || force));
      await this.timeline.moveAll(tx, id, into);
      await this.episodes.end(tx, afterCommit, [id], 'merged');
      const closed = await this.tickets.write(tx, id, { state: 'closed', mergedInto: into });
      const state = stateAfterMerge(source.state, target.state);
      const wakes = state !== target.state;
      const joined = await this.tickets.write(tx, into, wakes ? { state, assigneeId: null } : {});
      if (wakes)
        await this.episodes.open(tx, afterCommit, joined, { preferredId: target.assigneeId ?? source.assigneeId });
      await this.moves.record(tx, closed, 'merge', by, { into });
      await this.moves.record(tx, joined, 'merge', by, { from: id });
      return joined;
    });
  }

  /** The message, and with `follow` what its author wrote after it, becomes a ticket of its own. */
  async split(id: TicketId, messageId: MessageId, follow: boolean, by: Mover, seen: Seen = {}): Promise<Ticket> {
    return this.database.transaction(async (tx, afterCommit) => {
      const source = await this.moves.begin(tx, id, 'split', seen.versions);
      const plan = planSplit(await this.timeline.splitCandidates(tx, id), messageId, follow);
      if (!plan.ok) throw new DeskError(plan.code, plan.detail);
      const added = await this.addFrom(tx, source, messageId);
      await this.timeline.move(tx, id, added.id, plan.moved);
      await this.episodes.open(tx, afterCommit, added, { preferredId: source.assigneeId });
      const left = await this.tickets.write(tx, id, {});
      await this.moves.announce(tx, added);
      await this.moves.record(tx, left, 'split', by, { to: added.id, messageId });
      await this.moves.record(tx, added, 'split', by, { from: id, messageId });
      return added;
    });
  }

  /** The new ticket belongs to whoever wrote its first message and is answered the way that message came. */
  private async addFrom(tx: Db, source: Ticket, messageId: MessageId): Promise<Ticket> {
    const first = await this.timeline.get(tx, source.id, messageId);
    if (!first) throw new DeskError('not_found', 'refusal.noMessage');
    const { queueId, kind, priority, locale, replyFrom } = source;
    return this.tickets.add(tx, {
      subject: subjectOf(first),
      queueId,
      kind,
      priority,
      requesterId: isRequester(first) ? first.authorId : source.requesterId,
      channel: first.channel,
      accountId: first.accountId,
      replyTo: sameWay(first, source) ? source.replyTo : first.authorAddress,
      replyFrom,
      conversation: first.accountId === source.accountId ? source.conversation : null,
      locale,
    });
  }
}

const isRequester = (entry: TimelineEntry): entry is TimelineEntry & { authorId: string } =>
  (entry.authorType === 'requester' || entry.authorType === 'participant') && entry.authorId !== null;

/** The requester's own message on the ticket's own account is answered where the ticket is. */
const sameWay = (entry: TimelineEntry, ticket: Ticket): boolean =>
  entry.authorType === 'requester' && entry.accountId === ticket.accountId;
