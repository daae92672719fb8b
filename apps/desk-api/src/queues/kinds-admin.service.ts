import { Injectable } from '@nestjs/common';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { RulesRepository } from '#libs/routing';
import { type Declared, type Kind, KindsRepository, type PlaceChange, QueuesRepository } from '#libs/specialists';
import { mustMatch, type SeenVersions } from '../versions/version-tag.js';
import { mustBeAll } from './must-be-all.js';

/** Kinds of request, as administrators set them up. One that tickets have is archived, never removed. */
@Injectable()
export class KindsAdmin {
  constructor(
    private readonly database: Database,
    private readonly kinds: KindsRepository,
    private readonly queues: QueuesRepository,
    private readonly rules: RulesRepository,
    private readonly events: EventsRepository,
  ) {}

  create(wish: Declared): Promise<Kind> {
    return this.database.transaction(async (tx) => {
      const kind = await this.kinds.add(tx, wish);
      if (!kind) throw new DeskError('conflict', 'refusal.keyTaken');
      await this.tell(tx, kind.key);
      return kind;
    });
  }

  change(key: string, versions: SeenVersions, change: PlaceChange): Promise<Kind> {
    return this.database.transaction(async (tx) => {
      const before = await this.kinds.lock(tx, key);
      if (!before) throw new DeskError('not_found');
      mustMatch(versions, before.version);
      if (change.archived && !before.archivedAt) await this.mustBeUnused(tx, key);
      const kind = await this.kinds.change(tx, key, change);
      await this.tell(tx, key);
      return kind;
    });
  }

  arrange(keys: readonly string[]): Promise<Kind[]> {
    return this.database.transaction(async (tx) => {
      mustBeAll(
        keys,
        (await this.queues.kinds(tx)).map(({ key }) => key),
      );
      await this.kinds.arrange(tx, keys);
      await this.tell(tx, null);
      return this.queues.kinds(tx);
    });
  }

  private async mustBeUnused(tx: Db, key: string): Promise<void> {
    const rule = (await this.rules.enabled(tx)).find(({ outcome }) => outcome.kind === key);
    if (rule) throw new DeskError('conflict', { text: 'refusal.kindOfRule', rule: rule.name });
  }

  private tell(tx: Db, key: string | null): Promise<void> {
    return this.events.add(tx, [{ type: 'desk.changed', data: { what: 'kinds', id: key } }]);
  }
}
