import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { Declared, PlaceChange } from './queues.repository.js';
import type { Kind } from './specialist.js';

const facts = 'key, title, position, retired_at as "archivedAt", version';

/** SQL of `kind` as administrators change it. */
@Injectable()
export class KindsRepository {
  async lock(tx: Db, key: string): Promise<Kind | undefined> {
    return (await rows<Kind>(tx, `select ${facts} from kind where key = $1 for update`, [key]))[0];
  }

  /** Adds a kind at the end; nothing when the key is taken. */
  async add(db: Db, { key, title }: Declared): Promise<Kind | undefined> {
    const sql = `
      insert into kind (key, title, position) select $1, $2::jsonb, coalesce(max(position) + 1, 0) from kind
      on conflict (key) do nothing returning ${facts}`;
    return (await rows<Kind>(db, sql, [key, JSON.stringify(title)]))[0];
  }

  async change(tx: Db, key: string, { title, archived }: PlaceChange): Promise<Kind> {
    const sql = `
      update kind set title = coalesce($2::jsonb, title), version = version + 1,
        retired_at = case when $3::boolean is null then retired_at when $3 then coalesce(retired_at, now()) end
      where key = $1 returning ${facts}`;
    const values = [key, title ? JSON.stringify(title) : null, archived ?? null];
    return (await rows<Kind>(tx, sql, values))[0] as Kind;
  }

  /** Puts the kinds into this order. */
  async arrange(tx: Db, keys: readonly string[]): Promise<void> {
    const sql = `
      update kind k set position = o.n - 1, version = version + 1
      from unnest($1::text[]) with ordinality as o (key, n) where k.key = o.key and position <> o.n - 1`;
    await rows(tx, sql, [keys]);
  }
}
