import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { AccountsService } from '../accounts/accounts.service.js';
import { ChannelsRepository } from '../accounts/channels.repository.js';
import { Adapters } from './adapters.js';
import { announcement } from '../accounts/announcement.js';

/** Tells the desk which channels there are, before anything is taken in. */
@Injectable()
export class Announcing {
  constructor(
    private readonly database: Database,
    private readonly channels: ChannelsRepository,
    private readonly accounts: AccountsService,
    private readonly adapters: Adapters,
  ) {}

  async announce(): Promise<void> {
    for (const adapter of this.adapters.list) {
      await this.database.transaction(async (tx) => {
        await this.channels.announce(tx, announcement(adapter));
        await this.accounts.resplit(tx, adapter.kind);
      });
    }
  }
}
