import { createHash } from 'node:crypto';
import type { QueryResult } from 'pg';
import { type EntityManager, QueryFailedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Db } from './transaction.js';

interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

interface Connection {
  query(statement: Statement): Promise<QueryResult>;
}

/**
 * Runs one statement and gives its rows, whatever its kind. A statement with parameters is prepared once for each
 * connection: planning costs more than running for most statements of the hot paths.
 */
export async function rows<Row>(db: Db, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return run(db, values.length > 0 ? { name: nameOf(text), text, values } : { text, values });
}

/**
 * The same for a statement that is put together from what was asked for: planned each time, for these very values,
 * and kept by nobody, since there is no end to its forms.
 */
export async function rowsUnprepared<Row>(db: Db, text: string, values: readonly unknown[]): Promise<Row[]> {
  return run(db, { text, values });
}

async function run<Row>(db: Db, statement: Statement): Promise<Row[]> {
  const connection = await connectionOf(db);
  try {
    return (await connection.query(statement)).rows as Row[];
  } catch (fault) {
    throw new QueryFailedError(statement.text, [], fault as Error);
  }
}

/** The connection of the caller's transaction, or the pool. TypeORM's own `query` knows no prepared statements. */
async function connectionOf(db: EntityManager): Promise<Connection> {
  if (db.queryRunner) return (await db.queryRunner.connect()) as Connection;
  return (db.dataSource.driver as PostgresDriver).master as Connection;
}

const names = new Map<string, string>();

/** Statements are texts of the program, so there are few: each keeps its name for the life of the process. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 24);
  names.set(text, name);
  return name;
}
