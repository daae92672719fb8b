import { Injectable } from '@nestjs/common';
import { outboundJob, type MessageId, type OutboxId, type TicketId } from '#libs/contracts';
import { OutboxRepository } from '#libs/channels';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import { TicketRepository } from './ticket.repository.js';
import { TimelineRepository } from './timeline.repository.js';

/** What people decide about an answer that did not, or may not have, arrived. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly timeline: TimelineRepository,
    private readonly outbox: OutboxRepository,
    private readonly queue: JobQueue,
  ) {}

  /** Sends again what failed or is unknown; a person takes the risk of a second copy. */
  async resend(ticketId: TicketId, messageId: MessageId): Promise<void> {
    await this.settle(ticketId, messageId, 'queued');
  }

  /** A person found out that an answer of unknown outcome did arrive. */
  async markDelivered(ticketId: TicketId, messageId: MessageId): Promise<void> {
    await this.settle(ticketId, messageId, 'sent');
  }

  private async settle(ticketId: TicketId, messageId: MessageId, to: 'queued' | 'sent'): Promise<void> {
    await this.database.transaction(async (tx, afterCommit) => {
      const ticket = (await this.tickets.lock(tx, [ticketId])).get(ticketId);
      const entry = ticket && (await this.timeline.get(tx, ticketId, messageId));
      if (!entry) throw new DeskError('not_found', 'refusal.noMessage');
      const settled: OutboxId[] = [];
      for (const { id } of await this.outbox.byMessages(tx, [messageId])) {
        const row = await (to === 'queued' ? this.outbox.retry(tx, id) : this.outbox.markSent(tx, id));
        if (row) settled.push(id);
      }
      if (settled.length === 0) throw new DeskError('conflict', 'refusal.nothingToSettle');
      if (to === 'queued') afterCommit(() => this.queue.add(outboundJob(entry.channel), settled));
    });
  }
}
