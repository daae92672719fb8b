import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { SavedView, ViewChange, ViewId, ViewWish } from './saved-view.js';

const columns = `
  v.id, v.key, v.owner_id as "ownerId", v.title, v.filter, v.sorting as "order", v.columns, v.position, v.version`;

/** SQL of `saved_view`. */
@Injectable()
export class SavedViewsRepository {
  /** Everybody's and, for a person, their own, in the order in which they are shown. */
  async of(db: Db, ownerId: PersonId | null): Promise<readonly SavedView[]> {
    return rows<SavedView>(
      db,
      `select ${columns} from saved_view v where v.owner_id is null or v.owner_id = $1
       order by v.owner_id nulls first, v.position, v.id`,
      [ownerId],
    );
  }

  /** A view, held until the transaction ends. */
  async lock(tx: Db, id: ViewId): Promise<SavedView | undefined> {
    const [view] = await rows<SavedView>(tx, `select ${columns} from saved_view v where v.id = $1 for update`, [id]);
    return view;
  }

  /** Adds a view behind the others of its owner, unless there are `most` already. */
  async add(tx: Db, ownerId: PersonId | null, wish: ViewWish, most: number): Promise<SavedView | undefined> {
    const [added] = await rows<SavedView>(
      tx,
      `insert into saved_view as v (owner_id, title, filter, sorting, columns, position)
       select $1, $2, $3, $4, $5, 1 + coalesce(max(o.position), 0)
       from saved_view o where o.owner_id is not distinct from $1 having count(*) < $6 returning ${columns}`,
      [ownerId, wish.title, wish.filter, wish.order, wish.columns, most],
    );
    return added;
  }

  /** Writes a change and counts the version up; the owner is the one that `view` is to have. */
  async write(tx: Db, view: Pick<SavedView, 'id' | 'ownerId'>, change: ViewChange): Promise<SavedView> {
    const [written] = await rows<SavedView>(
      tx,
      `update saved_view v set owner_id = $2, title = coalesce($3, v.title), filter = coalesce($4, v.filter),
         sorting = coalesce($5, v.sorting), columns = coalesce($6, v.columns), position = coalesce($7, v.position),
         version = v.version + 1
       where v.id = $1 returning ${columns}`,
      [
        view.id,
        view.ownerId,
        change.title ?? null,
        change.filter ?? null,
        change.order ?? null,
        change.columns ?? null,
        change.position ?? null,
      ],
    );
    if (!written) throw new Error(`view ${view.id} is gone`);
    return written;
  }

  /** Makes room at a position: those that stand there or behind stand one further. */
  async makeRoom(tx: Db, ownerId: PersonId | null, position: number): Promise<void> {
    await rows(
      tx,
      `update saved_view set position = position + 1 where owner_id is not distinct from $1 and position >= $2`,
      [ownerId, position],
    );
  }

  async remove(tx: Db, id: ViewId): Promise<void> {
    await rows(tx, 'delete from saved_view where id = $1', [id]);
  }
}
