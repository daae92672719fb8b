import { Injectable } from '@nestjs/common';
import { LivingPrincipals, mayCall } from '#libs/access';
import { Database } from '#libs/database';
import { RequestersRepository } from '#libs/requesters';
import { QueuesRepository } from '#libs/specialists';
import { TicketRepository } from '#libs/tickets';
import type { ClaimedDelivery } from './webhook-deliveries.repository.js';
import type { WebhookOwner } from './webhook.js';

/** What a delivery says: ids and types, and the ticket only where that was asked for and its owner may read it. */
@Injectable()
export class WebhookBodies {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly requesters: RequestersRepository,
    private readonly queues: QueuesRepository,
    private readonly principals: LivingPrincipals,
  ) {}

  async of({ type, at, data, withTicket, owner }: ClaimedDelivery): Promise<string> {
    const ticketId = data['ticketId'];
    const wanted = withTicket && typeof ticketId === 'string' && (await this.mayRead(owner));
    const ticket = wanted ? await this.ticket(ticketId) : undefined;
    return JSON.stringify({ type, timestamp: at.toISOString(), data: { ...data, ...(ticket && { ticket }) } });
  }

  /** As of now: whoever lost the right, or the desk, is sent nothing more. */
  async mayRead(owner: WebhookOwner): Promise<boolean> {
    const principal = await this.principals.of(owner);
    return principal !== undefined && mayCall(principal, 'requesters.get') === 'yes';
  }

  private async ticket(id: string) {
    const { db } = this.database;
    const ticket = await this.tickets.get(db, id);
    if (!ticket) return undefined;
    const requester = await this.requesters.get(db, ticket.requesterId);
    const queue = (await this.queues.list(db, true)).find((one) => one.id === ticket.queueId);
    const { number, subject, state, kind, priority, channel, assigneeId, createdAt, updatedAt, closedAt } = ticket;
    return {
      id,
      number,
      subject,
      state,
      kind,
      priority,
      channel,
      queue: queue?.key ?? null,
      requester: { id: ticket.requesterId, name: requester?.name ?? null },
      assigneeId,
      createdAt,
      updatedAt,
      closedAt,
    };
  }
}
