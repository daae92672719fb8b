import { Database, type AfterCommit } from './database.service.js';
import type { Db } from './transaction.js';

/**
 * A database whose transactions are parts of one that is open already: what a service does in a transaction of its
 * own it does in the caller's, and it is kept or rolled back with the rest.
 */
export class JoinedDatabase extends Database {
  constructor(
    private readonly tx: Db,
    private readonly afterCommit: AfterCommit,
  ) {
    super(tx.dataSource);
  }

  override get db(): Db {
    return this.tx;
  }

  override transaction<Result>(work: (tx: Db, afterCommit: AfterCommit) => Promise<Result>): Promise<Result> {
    return work(this.tx, this.afterCommit);
  }
}
