import { Injectable } from '@nestjs/common';
import type { RequesterId } from '#libs/contracts';
import { Database } from '#libs/database';
import { RequestersRepository } from '#libs/requesters';
import { CallsRepository, TicketListRepository } from '#libs/tickets';

const ticketsShown = 20;

/** Requesters of a number and their tickets, as stored. */
@Injectable()
export class CallerRecords {
  constructor(
    private readonly database: Database,
    private readonly requesters: RequestersRepository,
    private readonly calls: CallsRepository,
    private readonly lists: TicketListRepository,
  ) {}

  async of(phone: string) {
    const { db } = this.database;
    const byAddress = await this.requesters.find(db, 'phone', phone);
    const byCalls = await this.calls.requestersOf(db, phone);
    const known = await this.requesters.byIds(db, [...(byAddress ? [byAddress.id] : []), ...byCalls]);
    const people = [...new Map([...known.values()].map((requester) => [requester.id, requester])).values()];
    return Promise.all(people.map(async ({ id, name }) => ({ id, name, tickets: await this.open(id) })));
  }

  private async open(id: RequesterId) {
    const { db } = this.database;
    return this.lists.openOf(db, await this.requesters.idsOf(db, id), ticketsShown);
  }
}
