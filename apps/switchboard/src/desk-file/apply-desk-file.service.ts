import { Injectable } from '@nestjs/common';
import { AccountsService } from '#libs/channels';
import type { QueueId } from '#libs/contracts';
import { Database } from '#libs/database';
import { RulesRepository } from '#libs/routing';
import { QueuesRepository } from '#libs/specialists';
import { DeclarePeopleService } from './declare-people.service.js';
import type { DeskFile } from './desk-file.js';

/** Brings a desk to what a file declares; what the file does not name is left alone. */
@Injectable()
export class ApplyDeskFileService {
  constructor(
    private readonly database: Database,
    private readonly people: DeclarePeopleService,
    private readonly queues: QueuesRepository,
    private readonly accounts: AccountsService,
    private readonly rules: RulesRepository,
  ) {}

  /** Everything but people in one transaction; applying the same file again changes nothing. */
  async apply(file: DeskFile): Promise<void> {
    const people = await this.people.declare(file.people);
    await this.database.transaction(async (tx) => {
      const saved = await this.queues.save(tx, file.queues);
      const queueIds: ReadonlyMap<string, QueueId> = new Map(saved.map(({ id, key }) => [key, id]));
      await this.queues.saveKinds(tx, file.kinds);
      await this.people.makeSpecialists(tx, file.people, people, queueIds);
      if (file.rules) await this.rules.replace(tx, file.rules);
      for (const { queue, ...account } of file.accounts) {
        await this.accounts.declare(tx, { ...account, queueId: queue === undefined ? undefined : queueIds.get(queue) });
      }
    });
  }
}
