import { Injectable } from '@nestjs/common';
import { PeopleRepository } from '#libs/access';
import { AccountsRepository, AccountsService } from '#libs/channels';
import { Database } from '#libs/database';
import { RulesRepository } from '#libs/routing';
import { QueuesRepository } from '#libs/specialists';
import { bringInstalled } from './bring-installed.js';
import type { DeclaredDesk } from './desk-file.js';

type DeclaredDeskAccount = DeclaredDesk['accounts'][number];

/** What of a declared desk is not there yet: applied again, a demonstration takes nothing back that people changed. */
@Injectable()
export class KeepDeskService {
  constructor(
    private readonly database: Database,
    private readonly queues: QueuesRepository,
    private readonly people: PeopleRepository,
    private readonly rules: RulesRepository,
    private readonly accounts: AccountsRepository,
    private readonly accountSettings: AccountsService,
  ) {}

  /** Only what is new, and of accounts that are there only what the file takes from the environment. */
  async missing(desk: DeclaredDesk): Promise<DeclaredDesk> {
    const { db } = this.database;
    const queues = new Set((await this.queues.list(db, true)).map(({ key }) => key));
    const kinds = new Set((await this.queues.kinds(db, true)).map(({ key }) => key));
    const people = await Promise.all(desk.people.map(({ email }) => this.people.byEmail(db, email)));
    const rules = await this.rules.list(db, true);
    const accounts = await Promise.all(desk.accounts.map((account) => this.account(account)));
    return {
      queues: desk.queues.filter(({ key }) => !queues.has(key)),
      kinds: desk.kinds.filter(({ key }) => !kinds.has(key)),
      people: desk.people.filter((_, index) => !people[index]),
      accounts: accounts.filter((account) => account !== undefined),
      ...(desk.rules && rules.length === 0 && { rules: desk.rules }),
    };
  }

  private async account(declared: DeclaredDeskAccount): Promise<DeclaredDeskAccount | undefined> {
    const row = await this.accounts.byName(this.database.db, declared.channel, declared.name);
    if (!row) return declared;
    const kept = this.accountSettings.settings(row);
    if (!kept) return undefined;
    const queue = await this.queueKey(row.queueId);
    return {
      ...declared,
      address: row.address ?? undefined,
      queue,
      enabled: row.enabled,
      settings: bringInstalled(kept, declared.settings, declared.written),
    };
  }

  private async queueKey(id: string | null): Promise<string | undefined> {
    return (await this.queues.list(this.database.db, true)).find((queue) => queue.id === id)?.key;
  }
}
