import { Injectable } from '@nestjs/common';
import type { AttachmentId, RequesterId, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { RequestersRepository } from '#libs/requesters';
import {
  type Attachment,
  AttachmentsRepository,
  type ListedTicket,
  type Ticket,
  TicketListRepository,
  TicketRepository,
  TimelineRepository,
} from '#libs/tickets';
import type { FormUser } from './form-token.js';
import { isShown, messageView } from './requester-view.js';

const mostMessages = 500;

/** What a user of the learning platform may read: the tickets of the requester they are, and no others. */
@Injectable()
export class OwnTickets {
  constructor(
    private readonly database: Database,
    private readonly requesters: RequestersRepository,
    private readonly tickets: TicketRepository,
    private readonly lists: TicketListRepository,
    private readonly timeline: TimelineRepository,
    private readonly attachments: AttachmentsRepository,
  ) {}

  async list(
    user: FormUser,
    limit: number,
    after?: { updatedAt: string; id: string },
  ): Promise<readonly ListedTicket[]> {
    const requesterIds = await this.requesterIds(user);
    if (requesterIds.length === 0) return [];
    return this.lists.page(this.database.db, { requesterIds }, limit, after);
  }

  /** A ticket of this user; nothing for one of others, as for one that does not exist. */
  async get(user: FormUser, id: TicketId): Promise<Ticket | undefined> {
    const ticket = await this.tickets.get(this.database.db, id);
    return ticket && (await this.requesterIds(user)).includes(ticket.requesterId) ? ticket : undefined;
  }

  /** What was said between the requester and the desk on a ticket that `get` gave. */
  async messages({ id }: Ticket) {
    const entries = (await this.timeline.page(this.database.db, id, 'asc', mostMessages)).filter(isShown);
    const files = await this.attachments.byMessages(
      this.database.db,
      entries.map((entry) => entry.id),
    );
    return entries.map((entry) => messageView(entry, files));
  }

  /** A file of a message that the requester sees. */
  async attachment(ticket: Ticket, id: AttachmentId): Promise<Attachment & { content: string }> {
    const file = await this.attachments.get(this.database.db, ticket.id, id);
    const entry = file && (await this.timeline.get(this.database.db, ticket.id, file.messageId));
    if (!file?.content || !entry || !isShown(entry)) throw new DeskError('not_found');
    return { ...file, content: file.content };
  }

  private async requesterIds({ sub }: FormUser): Promise<readonly RequesterId[]> {
    const requester = await this.requesters.find(this.database.db, 'platform', sub);
    return requester ? this.requesters.idsOf(this.database.db, requester.id) : [];
  }
}
