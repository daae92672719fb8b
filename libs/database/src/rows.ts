import type { Db } from './transaction.js';

/**
 * Runs one statement and gives its rows. TypeORM's `query` answers rows for SELECT and INSERT but
 * `[rows, count]` for UPDATE and DELETE; callers should not have to know.
 */
export async function rows<Row>(db: Db, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  const answer: unknown = await db.query(sql, [...parameters]);
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') {
    return answer[0] as Row[];
  }
  return answer as Row[];
}
