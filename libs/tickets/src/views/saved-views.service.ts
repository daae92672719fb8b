import { Injectable } from '@nestjs/common';
import type { Principal } from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import {
  mayChange,
  maySee,
  maySetForAll,
  type SavedView,
  type ViewChange,
  type ViewId,
  type ViewWish,
} from './saved-view.js';
import { SavedViewsRepository } from './saved-views.repository.js';

/** So many are listed and counted for everybody who looks. */
const mostViews = 50;

/** Views of the desk and of its people. */
@Injectable()
export class SavedViewsService {
  constructor(
    private readonly database: Database,
    private readonly views: SavedViewsRepository,
    private readonly events: EventsRepository,
  ) {}

  /** All that somebody sees: everybody's first, then their own. */
  list(by: Principal): Promise<readonly SavedView[]> {
    return this.views.of(this.database.db, by.type === 'person' ? by.id : null);
  }

  /** `shared`: for everybody, which not everybody may do. */
  async add(wish: ViewWish, shared: boolean, by: Principal & { readonly type: 'person' }): Promise<SavedView> {
    if (shared && !maySetForAll(by)) throw new DeskError('forbidden', 'refusal.viewOfAll');
    return this.database.transaction(async (tx) => {
      const added = await this.views.add(tx, shared ? null : by.id, wish, mostViews);
      if (!added) throw new DeskError('conflict', { text: 'refusal.tooManyViews', most: mostViews });
      await this.tell(tx, added);
      return added;
    });
  }

  /** `shared` makes it everybody's, or the changer's own. */
  async change(
    id: ViewId,
    { shared, ...change }: ViewChange & { readonly shared?: boolean | undefined },
    by: Principal & { readonly type: 'person' },
    seen?: readonly number[],
  ): Promise<SavedView> {
    return this.database.transaction(async (tx) => {
      const view = await this.begin(tx, id, by, seen);
      const ownerId: PersonId | null = shared === undefined ? view.ownerId : shared ? null : by.id;
      if (ownerId !== view.ownerId && !maySetForAll(by)) throw new DeskError('forbidden', 'refusal.viewOfAll');
      if (change.position !== undefined) await this.views.makeRoom(tx, ownerId, change.position);
      const changed = await this.views.write(tx, { id, ownerId }, change);
      await this.tell(tx, changed);
      return changed;
    });
  }

  async remove(id: ViewId, by: Principal, seen?: readonly number[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const view = await this.begin(tx, id, by, seen);
      await this.views.remove(tx, id);
      await this.tell(tx, view);
    });
  }

  private async begin(tx: Db, id: ViewId, by: Principal, seen?: readonly number[]): Promise<SavedView> {
    const view = await this.views.lock(tx, id);
    if (!view || !maySee(view, by)) throw new DeskError('not_found', 'refusal.noView');
    if (!mayChange(view, by)) throw new DeskError('forbidden', 'refusal.viewOfAll');
    if (seen && !seen.includes(view.version))
      throw new DeskError('precondition_failed', { text: 'refusal.changedSince', version: view.version });
    return view;
  }

  private tell(tx: Db, { id }: SavedView): Promise<void> {
    return this.events.add(tx, [{ type: 'view.changed', data: { viewId: id } }]);
  }
}
