import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Db } from './transaction.js';

/** The one pool of this process. */
@Injectable()
export class Database implements OnApplicationShutdown {
  constructor(private readonly source: DataSource) {}

  /** Statements outside a transaction, each on its own. */
  get db(): Db {
    return this.source.manager;
  }

  /** Runs `work` in one READ COMMITTED transaction; what it throws rolls everything back. No network inside. */
  transaction<Result>(work: (tx: Db) => Promise<Result>): Promise<Result> {
    return this.source.transaction('READ COMMITTED', work);
  }

  /** Whether the server answers. */
  async ping(): Promise<void> {
    await this.source.query('select 1');
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}
