import { Injectable } from '@nestjs/common';
import { AccountsRepository } from '#libs/channels';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { callMessage, TicketRepository, type CallToLog } from '#libs/tickets';
import { TakeInService, type TakenIn } from './take-in.service.js';

/** The channel of calls, and the name of the account that every desk has for them. */
const phone = 'phone';

/** Calls that people log while they talk. */
@Injectable()
export class CallLogService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountsRepository,
    private readonly tickets: TicketRepository,
    private readonly takeIn: TakeInService,
  ) {}

  /** `key` is the same at every repetition of the same entry. */
  async log(call: CallToLog, key: string): Promise<TakenIn> {
    if (call.ticketId) await this.mustExist(call.ticketId);
    const message = callMessage(call, key);
    return this.takeIn.take({
      accountId: await this.account(),
      channel: phone,
      externalKey: key,
      raw: Buffer.from(JSON.stringify(message)),
      message,
    });
  }

  private async mustExist(ticketId: string): Promise<void> {
    if (!(await this.tickets.get(this.database.db, ticketId))) {
      throw new DeskError('not_found', 'refusal.noTicketOfCall');
    }
  }

  private async account(): Promise<AccountId> {
    const { db } = this.database;
    const known = await this.accounts.byName(db, phone, phone);
    if (known) return known.id;
    const made = await this.accounts.upsert(db, {
      channel: phone,
      name: phone,
      address: null,
      settings: {},
      secrets: null,
      queueId: null,
      enabled: true,
    });
    return made.id;
  }
}
