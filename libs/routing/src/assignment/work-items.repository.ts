import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { PersonId, QueueId, TicketId, WorkItemId } from '#libs/contracts';
import { hasRoom, SpecialistsRepository, type Specialist } from '#libs/specialists';
import { TicketAssigneesRepository } from '#libs/tickets';

export interface NewWorkItem {
  readonly ticketId: TicketId;
  readonly queueId: QueueId;
  readonly priority: number;
  /** Who knows the ticket: chosen first while present and with room. */
  readonly preferredId?: PersonId | null;
  /** Who gave it back: gets it again only when nobody else has room. */
  readonly avoidedId?: PersonId | null;
}

export interface EndedWorkItem {
  readonly id: WorkItemId;
  readonly ticketId: TicketId;
  readonly queueId: QueueId;
  readonly specialistId: PersonId | null;
}

export interface WaitingItem {
  readonly id: WorkItemId;
  readonly ticketId: TicketId;
  readonly priority: number;
  readonly waitingSince: Date;
  readonly preferredId: PersonId | null;
  readonly avoidedId: PersonId | null;
  readonly waitingReasons: readonly string[];
}

export type AssignOutcome = 'assigned' | 'full' | 'absent' | 'not-in-queue' | 'nothing-waiting';

interface LiveItem {
  readonly id: WorkItemId;
  readonly queueId: QueueId;
  readonly specialistId: PersonId | null;
}

/** SQL of `work_item`. What it does to a specialist's room it does in the same transaction. */
@Injectable()
export class WorkItemsRepository {
  constructor(
    private readonly specialists: SpecialistsRepository,
    private readonly assignees: TicketAssigneesRepository,
  ) {}

  /**
   * Opens an episode of work for each ticket that has none; the tickets must be, or become, `waiting`. Gives what
   * was opened. Ring `routing` with the queue ids after the commit.
   */
  async open(tx: Db, items: readonly NewWorkItem[]): Promise<{ id: WorkItemId; ticketId: TicketId }[]> {
    if (items.length === 0) return [];
    return rows(
      tx,
      `insert into work_item (ticket_id, queue_id, priority, preferred_id, avoided_id)
       select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[], $5::bigint[])
       on conflict (ticket_id) where state <> 'done' do nothing
       returning id, ticket_id as "ticketId"`,
      [
        items.map(({ ticketId }) => ticketId),
        items.map(({ queueId }) => queueId),
        items.map(({ priority }) => priority),
        items.map(({ preferredId }) => preferredId ?? null),
        items.map(({ avoidedId }) => avoidedId ?? null),
      ],
    );
  }

  /**
   * Ends the live episodes of the tickets and gives the room back. `reason`: `replied`, `closed`, `merged`,
   * `released`. Ring `routing` with the queues of the specialists after the commit.
   */
  async end(tx: Db, ticketIds: readonly TicketId[], reason: string): Promise<EndedWorkItem[]> {
    if (ticketIds.length === 0) return [];
    const ended = await rows<EndedWorkItem>(
      tx,
      `update work_item set state = 'done', ended_at = now(), end_reason = $2
       where ticket_id = any($1::bigint[]) and state <> 'done'
       returning id, ticket_id as "ticketId", queue_id as "queueId", specialist_id as "specialistId"`,
      [ticketIds, reason],
    );
    const room = ended.flatMap(({ specialistId }) => (specialistId ? [{ specialistId, items: 1 }] : []));
    if (room.length > 0) await this.specialists.giveRoom(tx, room);
    return ended;
  }

  /**
   * Gives the ticket's live episode to one specialist, from the queue or from whoever has it, and opens the ticket
   * for them. `force` passes over absence and membership, never over capacity.
   */
  async assignTo(
    tx: Db,
    ticketId: TicketId,
    specialistId: PersonId,
    { force = false }: { force?: boolean } = {},
  ): Promise<AssignOutcome> {
    const item = await this.lockLive(tx, ticketId);
    if (!item) return 'nothing-waiting';
    if (item.specialistId === specialistId) return 'assigned';
    const held = item.specialistId ? [item.specialistId] : [];
    const locked = await this.specialists.lock(tx, [specialistId, ...held]);
    const refused = refusal(
      locked.find(({ id }) => id === specialistId),
      item,
      force,
    );
    if (refused) return refused;
    await this.specialists.takeRoom(tx, [{ specialistId, items: 1 }]);
    if (item.specialistId) await this.specialists.giveRoom(tx, [{ specialistId: item.specialistId, items: 1 }]);
    await this.assign(tx, [{ id: item.id, specialistId }]);
    await this.assignees.open(tx, [{ ticketId, specialistId }]);
    return 'assigned';
  }

  /** Waiting work of a queue in the order in which it is served, skipping what somebody else is moving now. */
  async takeWaiting(tx: Db, queueId: QueueId, limit: number): Promise<WaitingItem[]> {
    return rows(
      tx,
      `select id, ticket_id as "ticketId", priority, waiting_since as "waitingSince", preferred_id as "preferredId", avoided_id as "avoidedId",
         waiting_reasons as "waitingReasons"
       from work_item where queue_id = $1 and state = 'waiting'
       order by priority desc, waiting_since, id limit $2 for update skip locked`,
      [queueId, limit],
    );
  }

  /** Waiting work of a queue for which `reason` is not recorded yet. */
  async takeUnexplained(tx: Db, queueId: QueueId, reason: string, limit: number): Promise<WaitingItem[]> {
    return rows(
      tx,
      `select id, ticket_id as "ticketId", priority, waiting_since as "waitingSince", preferred_id as "preferredId", avoided_id as "avoidedId",
         waiting_reasons as "waitingReasons"
       from work_item where queue_id = $1 and state = 'waiting' and $2 <> all(waiting_reasons)
       order by priority desc, waiting_since, id limit $3 for update skip locked`,
      [queueId, reason, limit],
    );
  }

  /** Marks episodes as assigned. The caller took the room before. */
  async assign(tx: Db, assignments: readonly { id: WorkItemId; specialistId: PersonId }[]): Promise<void> {
    await rows(
      tx,
      `update work_item w set state = 'assigned', specialist_id = a.specialist_id, assigned_at = now()
       from unnest($1::bigint[], $2::bigint[]) as a (id, specialist_id) where w.id = a.id and w.state <> 'done'`,
      [assignments.map(({ id }) => id), assignments.map(({ specialistId }) => specialistId)],
    );
  }

  /** Remembers that the decision to let these wait for `reason` is recorded. */
  async explain(tx: Db, ids: readonly WorkItemId[], reason: string): Promise<void> {
    await rows(
      tx,
      `update work_item set waiting_reasons = waiting_reasons || $2::text
       where id = any($1::bigint[]) and $2 <> all(waiting_reasons)`,
      [ids, reason],
    );
  }

  private async lockLive(tx: Db, ticketId: TicketId): Promise<LiveItem | undefined> {
    const [item] = await rows<LiveItem>(
      tx,
      `select id, queue_id as "queueId", specialist_id as "specialistId" from work_item
       where ticket_id = $1 and state <> 'done' for update`,
      [ticketId],
    );
    return item;
  }
}

function refusal(
  specialist: Specialist | undefined,
  { queueId }: LiveItem,
  force: boolean,
): 'not-in-queue' | 'absent' | 'full' | undefined {
  if (!specialist) return 'not-in-queue';
  if (!force && !specialist.queueIds.includes(queueId)) return 'not-in-queue';
  if (!force && specialist.presence !== 'on') return 'absent';
  return hasRoom(specialist) ? undefined : 'full';
}
