import type { QueryRunner } from 'typeorm';

/**
 * Changes rows of a large table some at a time, each batch in a transaction of its own, so that nobody waits long
 * for any of them. `next` gives the next ids beyond `$1`, in order; `work` changes those of `$1`.
 */
export async function inBatches(db: QueryRunner, next: string, work: string): Promise<void> {
  for (let after = '0'; ;) {
    const rows = (await db.query(next, [after])) as { id: string }[];
    const last = rows.at(-1);
    if (!last) return;
    await db.query(work, [rows.map(({ id }) => id)]);
    after = last.id;
  }
}
