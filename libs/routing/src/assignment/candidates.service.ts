import { Injectable } from '@nestjs/common';
import { PeopleRepository } from '#libs/access';
import type { PersonId, QueueId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { SpecialistsRepository } from '#libs/specialists';
import type { Candidate } from './plan-assignments.js';

/** Who could take the work of a queue. */
@Injectable()
export class CandidatesService {
  constructor(
    private readonly specialists: SpecialistsRepository,
    private readonly people: PeopleRepository,
  ) {}

  /** The members of a queue as they are now, held until the transaction ends: nobody else assigns to them meanwhile. */
  async hold(tx: Db, queueId: QueueId): Promise<Candidate[]> {
    const members = await this.specialists.lockMembers(tx, queueId);
    const disabled = await this.people.disabledAmong(
      tx,
      members.map(({ id }) => id),
    );
    return members.map(({ id, capacity, openItems, presence, lastAssignedAt }) => ({
      id,
      capacity,
      openItems,
      present: presence === 'on' && !disabled.has(id),
      lastAssignedAt,
    }));
  }

  /** Takes the room for each of the items that specialists get. */
  async take(tx: Db, specialistIds: readonly PersonId[]): Promise<void> {
    const items = new Map<PersonId, number>();
    for (const id of specialistIds) items.set(id, (items.get(id) ?? 0) + 1);
    const room = [...items].map(([specialistId, count]) => ({ specialistId, items: count }));
    const had = await this.specialists.takeRoom(tx, room);
    if (had.length < room.length) throw new Error('a specialist has less room than was seen under the lock');
  }
}
