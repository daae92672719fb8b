import { Injectable } from '@nestjs/common';
import type { RequesterId } from '#libs/contracts';
import { AccountsRepository, ChannelsRepository } from '#libs/channels';
import type { Db } from '#libs/database';
import { RequestersRepository } from '#libs/requesters';
import { sendingAccounts, type Reach } from './reply-route.js';
import { TicketRepository } from './ticket.repository.js';

/** Gathers how a requester can be reached; `replyRoutes` draws the conclusion. */
@Injectable()
export class ReachService {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly requesters: RequestersRepository,
    private readonly accounts: AccountsRepository,
    private readonly channels: ChannelsRepository,
  ) {}

  async of(db: Db, requesterId: RequesterId): Promise<Reach> {
    const earlier = await this.tickets.routesOf(db, await this.requesters.idsOf(db, requesterId));
    const addresses = await this.requesters.addressesOf(db, requesterId);
    const accounts = sendingAccounts(await this.accounts.list(db), await this.channels.list(db));
    return { earlier, addresses, accounts };
  }
}
