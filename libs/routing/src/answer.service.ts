import { Injectable } from '@nestjs/common';
import { outboundJob, type TicketId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { JobQueue } from '#libs/queue';
import {
  MovesService,
  needsWork,
  ReplyService,
  stateAfterReply,
  TicketRepository,
  type AfterReply,
  type Mover,
  type ReplyDraft,
  type Ticket,
  type TicketState,
  type WrittenReply,
} from '#libs/tickets';
import { EpisodesService } from './episodes.service.js';
import type { Seen } from './work.service.js';

export interface Answer extends ReplyDraft {
  readonly then: AfterReply;
}

export interface GivenAnswer extends WrittenReply {
  readonly ticket: Ticket;
}

/** An answer: message, outbox row, end of the work and the ticket's state in one transaction. */
@Injectable()
export class AnswerService {
  constructor(
    private readonly database: Database,
    private readonly moves: MovesService,
    private readonly replies: ReplyService,
    private readonly tickets: TicketRepository,
    private readonly episodes: EpisodesService,
    private readonly queue: JobQueue,
  ) {}

  async reply(id: TicketId, answer: Answer, by: Mover, seen: Seen = {}): Promise<GivenAnswer> {
    return this.database.transaction(async (tx, afterCommit) => {
      const earlier = await this.replies.earlier(tx, id, answer.idem);
      if (earlier) return { ...earlier, ticket: await this.moves.read(tx, id) };
      const before = await this.moves.begin(tx, id, 'reply', seen.versions);
      const written = await this.replies.write(tx, before, answer, by);
      const state = stateAfterReply(before.state, answer.then);
      if (needsWork(before.state) && !needsWork(state)) {
        await this.episodes.end(tx, afterCommit, [id], state === 'closed' ? 'closed' : 'replied');
      }
      const ticket = await this.settle(tx, before, state, by);
      const { messageId, channel, outboxIds } = written;
      await this.moves.record(tx, ticket, 'reply', by, { messageId, channel });
      if (outboxIds.length > 0) afterCommit(() => this.queue.add(outboundJob(channel), outboxIds));
      return { ...written, ticket };
    });
  }

  /** Whoever answers a ticket that nobody has knows it from now on. */
  private async settle(tx: Db, before: Ticket, state: TicketState, by: Mover): Promise<Ticket> {
    const unknown = before.assigneeId === null && !needsWork(state) && by.type === 'person';
    const knows = unknown && (await this.episodes.isSpecialist(tx, by.id));
    await this.tickets.markReplied(tx, before.id);
    return this.tickets.write(tx, before.id, {
      ...(state !== before.state && { state }),
      ...(knows && { assigneeId: by.id }),
    });
  }
}
