import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Db } from './transaction.js';

/** Hands over something to do once the transaction is committed. */
export type AfterCommit = (act: () => Promise<void> | void) => void;

/** The one pool of this process. */
@Injectable()
export class Database implements OnApplicationShutdown {
  constructor(private readonly source: DataSource) {}

  /** Statements outside a transaction, each on its own. */
  get db(): Db {
    return this.source.manager;
  }

  /**
   * Runs `work` in one READ COMMITTED transaction; what it throws rolls everything back. No network inside: what
   * must follow the commit (ringing the queue) is handed to `afterCommit` and runs, in order, once it holds.
   */
  async transaction<Result>(work: (tx: Db, afterCommit: AfterCommit) => Promise<Result>): Promise<Result> {
    const later: (() => Promise<void> | void)[] = [];
    const result = await this.source.transaction('READ COMMITTED', (tx) => work(tx, (act) => void later.push(act)));
    for (const act of later) await act();
    return result;
  }

  /** Whether the server answers. */
  async ping(): Promise<void> {
    await this.source.query('select 1');
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}
