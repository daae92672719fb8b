import { Injectable, Logger } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { EventsRepository } from '#libs/queue';
import type { AccountState } from '../accounts/account-row.js';
import { AccountsRepository } from '../accounts/accounts.repository.js';
import type { AccountTrouble } from '../channel-adapter.js';

/** Shows people how an account does: on its row, and as an event when that is news. */
@Injectable()
export class AccountStatus {
  private readonly log = new Logger(AccountStatus.name);

  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly events: EventsRepository,
  ) {}

  /** Never throws: not being able to show trouble must not make more of it. */
  async show(id: AccountId, state: AccountState, trouble?: AccountTrouble): Promise<void> {
    try {
      const news = await this.database.transaction(async (tx) => {
        if (!(await this.accounts.setState(tx, id, state, trouble))) return false;
        await this.events.add(tx, [{ type: 'account.changed', data: { accountId: id, state } }]);
        return true;
      });
      if (news) this.log[trouble ? 'warn' : 'log']({ accountId: id, state, code: trouble?.code }, 'account');
    } catch (error) {
      this.log.warn({ accountId: id, state, error: (error as Error).name }, 'account state not shown');
    }
  }
}
