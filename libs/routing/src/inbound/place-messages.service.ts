import { Injectable } from '@nestjs/common';
import type { InboxId, MessageId } from '#libs/contracts';
import type { Db } from '#libs/database';
import {
  AcknowledgementsService,
  authorOf,
  isHuman,
  RecordInboundService,
  ThreadsService,
  unconfirmedFlag,
  type InboundItem,
  type InboundRound,
  type OpenedTicket,
  type Recording,
  type Thread,
  type TouchedTicket,
} from '#libs/tickets';
import { FollowingWorkService, type TriagedTicket } from './following-work.service.js';
import { TriageService } from '../rules/triage.service.js';

interface Threaded {
  readonly item: InboundItem;
  readonly thread: Thread;
}

/** Puts messages into the tickets they continue, or into new ones, and makes the work that follows. */
@Injectable()
export class PlaceMessagesService {
  constructor(
    private readonly threads: ThreadsService,
    private readonly triage: TriageService,
    private readonly records: RecordInboundService,
    private readonly work: FollowingWorkService,
    private readonly acknowledgements: AcknowledgementsService,
  ) {}

  async place(tx: Db, items: readonly InboundItem[], round: InboundRound): Promise<void> {
    const threaded = await this.find(tx, items, round);
    const appended = threaded.flatMap(appending);
    const touched = await this.records.touch(tx, appended);
    const beginnings = threaded.filter(({ thread }) => thread.ticketId === undefined);
    const opened = await this.open(tx, beginnings);
    const begun = beginnings.flatMap((one, index) => beginning(one, opened[index]));
    const messages = await this.records.write(tx, [...appended, ...begun]);
    this.report(threaded, [...appended, ...begun], messages, round);
    this.tell(appended, touched, opened, messages, round);
    await this.work.make(tx, touched, opened, round);
    await this.acknowledgements.acknowledge(tx, opened, round);
  }

  /** What no person wrote and what belongs to no ticket ends here: kept, and visible in the ledger. */
  private async find(tx: Db, items: readonly InboundItem[], round: InboundRound): Promise<Threaded[]> {
    const own = items.filter(({ row }) => row.message.automatic === 'loop');
    const others = items.filter(({ row }) => row.message.automatic !== 'loop');
    const found = await this.threads.find(tx, others);
    const threaded = others.flatMap((item, index) => (found[index] ? [{ item, thread: found[index] }] : []));
    const stray = threaded.filter(({ item, thread }) => !thread.ticketId && !isHuman(item.row.message));
    for (const { row } of [...own, ...stray.map(({ item }) => item)]) {
      round.end({ id: row.id, fate: 'automatic', reason: row.message.automatic ?? row.message.type });
    }
    return threaded.filter((one) => !stray.includes(one));
  }

  private async open(tx: Db, beginnings: readonly Threaded[]): Promise<TriagedTicket[]> {
    const decisions = await this.triage.decide(
      tx,
      beginnings.map(({ item }) => item.row),
    );
    const openings = beginnings.flatMap(({ item }, index) => {
      const decision = decisions[index];
      if (!decision) return [];
      const { kind, queueId, priority } = decision;
      return [{ item, decision, placement: { kind, queueId, priority } }];
    });
    const tickets = await this.records.open(
      tx,
      openings.map(({ item, placement }) => ({ item, ...placement })),
    );
    return tickets.flatMap((ticket, index) => {
      const decision = openings[index]?.decision;
      return decision ? [{ ...ticket, decision }] : [];
    });
  }

  /** The end of each row, and why it went where it went. */
  private report(
    threaded: readonly Threaded[],
    recordings: readonly Recording[],
    messages: ReadonlyMap<InboxId, MessageId>,
    round: InboundRound,
  ): void {
    const byRow = new Map(recordings.map((recording) => [recording.item.row.id, recording]));
    for (const { item, thread } of threaded) {
      const { row } = item;
      const recording = byRow.get(row.id);
      if (!recording) continue;
      const { ticketId, opened, author } = recording;
      const messageId = messages.get(row.id);
      const fate = opened ? 'ticket' : isHuman(row.message) ? 'appended' : 'automatic';
      round.end({ id: row.id, fate, ticketId, ...(messageId && { messageId }) });
      round.explain({
        step: 'thread',
        inboxId: row.id,
        ticketId,
        outcome: opened ? 'new' : 'continued',
        reason: { clue: thread.clue ?? null, author: author.type, refused: thread.refused },
      });
    }
  }

  private tell(
    appended: readonly Recording[],
    touched: readonly TouchedTicket[],
    opened: readonly TriagedTicket[],
    messages: ReadonlyMap<InboxId, MessageId>,
    round: InboundRound,
  ): void {
    for (const { id: ticketId, row, decision } of opened) {
      const { queueId, ruleId, kind, priority, reason } = decision;
      round.tell({ type: 'ticket.created', ticketId, queueId });
      const why = { ruleId, kind, queueId, priority, ...reason };
      round.explain({ step: 'rules', inboxId: row.id, ticketId, outcome: ruleId ? 'rule' : 'default', reason: why });
    }
    const queues = new Map(touched.map(({ id, queueId }) => [id, queueId]));
    for (const { item, ticketId, author } of appended) {
      const queueId = queues.get(ticketId);
      const data = { messageId: messages.get(item.row.id) ?? null, author: author.type };
      round.tell({ type: 'message.added', ticketId, ...(queueId && { queueId }), data });
    }
  }
}

function appending({ item, thread }: Threaded): Recording[] {
  if (thread.ticketId === undefined) return [];
  return [
    { item, ticketId: thread.ticketId, author: authorOf(item, thread.author), opened: false, flags: flagsOf(thread) },
  ];
}

function beginning({ item, thread }: Threaded, ticket: OpenedTicket | undefined): Recording[] {
  if (!ticket) return [];
  return [{ item, ticketId: ticket.id, author: authorOf(item, 'requester'), opened: true, flags: flagsOf(thread) }];
}

/** What whoever reads the message should know: a reference that looks like ours and is not, or that a stranger has. */
const flagsOf = ({ refused, confirmed }: Thread): string[] => [
  ...(refused.some(({ why }) => why === 'not-ours') ? ['reference-not-valid'] : []),
  ...(confirmed ? [] : [unconfirmedFlag]),
];
