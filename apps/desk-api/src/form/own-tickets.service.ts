import { Injectable } from '@nestjs/common';
import type { RequesterId, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { RequestersRepository } from '#libs/requesters';
import {
  type ListedTicket,
  type ListPosition,
  type Ticket,
  TicketListRepository,
  TicketRepository,
} from '#libs/tickets';
import type { FormUser } from './form-token.js';

/** What a user of the learning platform may read: the tickets of the requester they are, and no others. */
@Injectable()
export class OwnTickets {
  constructor(
    private readonly database: Database,
    private readonly requesters: RequestersRepository,
    private readonly tickets: TicketRepository,
    private readonly lists: TicketListRepository,
  ) {}

  async list(user: FormUser, limit: number, after?: ListPosition): Promise<readonly ListedTicket[]> {
    const requesterIds = await this.requesterIds(user);
    if (requesterIds.length === 0) return [];
    return this.lists.page(this.database.db, { filter: { requesterIds }, order: 'latest', limit, after });
  }

  /** A ticket of this user; nothing for one of others, as for one that does not exist. */
  async get(user: FormUser, id: TicketId): Promise<Ticket | undefined> {
    const ticket = await this.tickets.get(this.database.db, id);
    return ticket && (await this.requesterIds(user)).includes(ticket.requesterId) ? ticket : undefined;
  }

  private async requesterIds({ sub }: FormUser): Promise<readonly RequesterId[]> {
    const requester = await this.requesters.find(this.database.db, 'platform', sub);
    return requester ? this.requesters.idsOf(this.database.db, requester.id) : [];
  }
}
