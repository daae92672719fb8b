import { Injectable } from '@nestjs/common';
import { AccountsService } from '#libs/channels';
import type { QueueId } from '#libs/contracts';
import { Database } from '#libs/database';
import { RulesRepository } from '#libs/routing';
import { QueuesRepository } from '#libs/specialists';
import { DeclarePeopleService } from './declare-people.service.js';
import type { DeclaredDesk } from './desk-file.js';
import { KeepDeskService } from './keep-desk.service.js';

/** Brings a desk to what a file declares; what the file does not name is left alone. */
@Injectable()
export class ApplyDeskFileService {
  constructor(
    private readonly database: Database,
    private readonly people: DeclarePeopleService,
    private readonly queues: QueuesRepository,
    private readonly accounts: AccountsService,
    private readonly rules: RulesRepository,
    private readonly keep: KeepDeskService,
  ) {}

  /**
   * Everything but people in one transaction; applying the same file again changes nothing. With `keep` what is there
   * stays as people made it, and only what is missing is added.
   */
  async apply(declared: DeclaredDesk, { keep = false } = {}): Promise<void> {
    const file = keep ? await this.keep.missing(declared) : declared;
    const people = await this.people.declare(file.people);
    await this.database.transaction(async (tx) => {
      await this.queues.save(tx, file.queues);
      const all = await this.queues.list(tx, true);
      const queueIds: ReadonlyMap<string, QueueId> = new Map(all.map(({ id, key }) => [key, id]));
      await this.queues.saveKinds(tx, file.kinds);
      await this.people.makeSpecialists(tx, file.people, people, queueIds);
      if (file.rules) await this.rules.replace(tx, file.rules);
      for (const { queue, written: _, ...account } of file.accounts) {
        await this.accounts.declare(tx, { ...account, queueId: queue === undefined ? undefined : queueIds.get(queue) });
      }
    });
  }
}
