import { Injectable } from '@nestjs/common';
import { AccountsRepository, type AccountRow, AccountsService } from '#libs/channels';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { type FormSettings, formSettings } from './form-settings.js';
import { type FormUser, readFormToken } from './form-token.js';

export interface Form {
  readonly account: AccountRow;
  readonly settings: FormSettings;
}

/** Which forms there are, and whose token a form believes. */
@Injectable()
export class FormAccounts {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly service: AccountsService,
  ) {}

  async get(name: string): Promise<Form> {
    const account = await this.accounts.byName(this.database.db, 'form', name);
    if (!account?.enabled) throw new DeskError('not_found', 'refusal.noForm');
    return { account, settings: formSettings.parse(this.service.settings(account)) };
  }

  /** The platform's user behind a token. A token that does not hold is refused, never read as "no token". */
  async user({ settings }: Form, token: string): Promise<FormUser> {
    const user = settings.token && (await readFormToken(token, settings.token, new Date()));
    if (!user) throw new DeskError('bad_token', 'refusal.platformTokenInvalid');
    return user;
  }
}
