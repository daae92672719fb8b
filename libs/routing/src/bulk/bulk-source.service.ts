import { Injectable } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import { Database } from '#libs/database';
import type { JobSource } from '#libs/queue';
import type { BulkActId } from './bulk-act.js';
import { BulkActsRepository } from './bulk-acts.repository.js';

/** Names the acts on many tickets that are not ended and that nobody goes on with. */
@Injectable()
export class BulkSource implements JobSource {
  readonly job = jobs.bulk;

  constructor(
    private readonly database: Database,
    private readonly acts: BulkActsRepository,
  ) {}

  due(limit: number): Promise<readonly BulkActId[]> {
    return this.acts.due(this.database.db, limit);
  }
}
