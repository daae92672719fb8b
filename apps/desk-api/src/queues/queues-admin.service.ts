import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '#libs/channels';
import type { QueueId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { RulesRepository, WorkLoadRepository } from '#libs/routing';
import { type Declared, type PlaceChange, type Queue, QueuesRepository } from '#libs/specialists';
import { mustMatch, type SeenVersions } from '../versions/version-tag.js';
import { mustBeAll } from './must-be-all.js';

/** Queues, as administrators set them up. One that tickets stand in is archived, never removed. */
@Injectable()
export class QueuesAdmin {
  constructor(
    private readonly database: Database,
    private readonly queues: QueuesRepository,
    private readonly loads: WorkLoadRepository,
    private readonly accounts: AccountsRepository,
    private readonly rules: RulesRepository,
    private readonly events: EventsRepository,
  ) {}

  create(wish: Declared): Promise<Queue> {
    return this.database.transaction(async (tx) => {
      const queue = await this.queues.add(tx, wish);
      if (!queue) throw new DeskError('conflict', 'refusal.keyTaken');
      await this.tell(tx, queue.id);
      return queue;
    });
  }

  change(id: QueueId, versions: SeenVersions, change: PlaceChange): Promise<Queue> {
    return this.database.transaction(async (tx) => {
      const before = await this.queues.lock(tx, id);
      if (!before) throw new DeskError('not_found');
      mustMatch(versions, before.version);
      if (change.archived && !before.archivedAt) {
        await this.mustBeIdle(tx, before);
        await this.queues.dismiss(tx, id);
      }
      const queue = await this.queues.change(tx, id, change);
      await this.tell(tx, id);
      return queue;
    });
  }

  /** The first is where work goes that nothing else gives a queue. */
  arrange(ids: readonly QueueId[]): Promise<Queue[]> {
    return this.database.transaction(async (tx) => {
      mustBeAll(
        ids,
        (await this.queues.list(tx)).map(({ id }) => id),
      );
      await this.queues.arrange(tx, ids);
      await this.tell(tx, null);
      return this.queues.list(tx);
    });
  }

  /** Nothing may lead into an archived queue, and nothing may wait there. */
  private async mustBeIdle(tx: Db, { id, key }: Queue): Promise<void> {
    if ((await this.queues.list(tx)).every((queue) => queue.id === id)) {
      throw new DeskError('conflict', 'refusal.lastQueue');
    }
    const load = (await this.loads.byQueue(tx)).find(({ queueId }) => queueId === id);
    const count = (load?.waiting ?? 0) + (load?.assigned ?? 0);
    if (count > 0) throw new DeskError('conflict', { text: 'refusal.queueHasWork', count });
    const account = (await this.accounts.list(tx)).find(({ queueId }) => queueId === id);
    if (account) throw new DeskError('conflict', { text: 'refusal.queueOfAccount', account: account.name });
    const rule = (await this.rules.enabled(tx)).find(({ outcome }) => outcome.queue === key);
    if (rule) throw new DeskError('conflict', { text: 'refusal.queueOfRule', rule: rule.name });
  }

  private tell(tx: Db, queueId: QueueId | null): Promise<void> {
    return this.events.add(tx, [{ type: 'desk.changed', data: { what: 'queues', id: queueId } }]);
  }
}
