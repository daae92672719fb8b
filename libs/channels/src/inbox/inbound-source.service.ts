import { Injectable } from '@nestjs/common';
import { jobs } from '#libs/contracts';
import { Database } from '#libs/database';
import type { JobSource } from '#libs/queue';
import { InboxRepository } from './inbox.repository.js';

/** Names the ready rows that wait for the router. */
@Injectable()
export class InboundSource implements JobSource {
  readonly job = jobs.inbound;

  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
  ) {}

  due(limit: number): Promise<readonly string[]> {
    return this.inbox.due(this.database.db, limit);
  }
}
