import { Injectable } from '@nestjs/common';
import type { AccountId, InboxId, MessageId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { SplitCandidate } from './merge-split.js';

export type MessageType = 'inbound' | 'reply' | 'note' | 'call' | 'acknowledgement';
export type AuthorType = 'requester' | 'participant' | 'person' | 'program' | 'desk';

export interface MessageAuthor {
  readonly authorType: AuthorType;
  readonly authorId: string | null;
  readonly authorName: string | null;
}

/** One entry of a ticket's timeline. */
export interface TimelineEntry extends MessageAuthor {
  readonly id: MessageId;
  readonly ticketId: TicketId;
  readonly type: MessageType;
  readonly channel: string;
  readonly accountId: AccountId | null;
  readonly inboxId: InboxId | null;
  readonly authorAddress: string | null;
  readonly subject: string | null;
  readonly text: string;
  readonly fullText: string | null;
  /** Whether an HTML body was received; hostile, so it is only given as part of the original. */
  readonly hasHtml: boolean;
  readonly others: readonly string[];
  readonly automatic: string | null;
  readonly flags: readonly string[];
  readonly sentAt: Date | null;
  readonly createdAt: Date;
  readonly editedAt: Date | null;
  readonly version: number;
  readonly call: TimelineCall | null;
}

export interface TimelineCall {
  readonly phone: string | null;
  readonly extension: string | null;
  readonly phoneAsGiven: string;
  readonly direction: 'in' | 'out';
  readonly medium: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly resolved: boolean;
}

export interface NewMessage extends MessageAuthor {
  readonly ticketId: TicketId;
  readonly type: 'reply' | 'note';
  readonly channel: string;
  readonly accountId: AccountId | null;
  readonly text: string;
  /** Equal for repetitions of the same wish, which must not be written twice. */
  readonly idem?: string | undefined;
}

const columns = `
  m.id, m.ticket_id as "ticketId", m.type, m.channel, m.account_id as "accountId", m.inbox_id as "inboxId",
  m.author_type as "authorType", m.author_id as "authorId", m.author_name as "authorName",
  m.author_address as "authorAddress", m.subject, m.text, m.full_text as "fullText", m.html is not null as "hasHtml",
  m.others, m.automatic, m.flags, m.sent_at as "sentAt", m.created_at as "createdAt", m.edited_at as "editedAt",
  m.version,
  case when c.message_id is not null then jsonb_build_object('phone', c.phone, 'extension', c.extension,
    'phoneAsGiven', c.phone_as_given, 'direction', c.direction, 'medium', c.medium, 'startedAt', c.started_at,
    'endedAt', c.ended_at, 'resolved', c.resolved) end as call`;

/** The messages of a ticket in the order they came, and what people at the desk add to them. */
@Injectable()
export class TimelineRepository {
  /** Up to `limit` entries beyond `after`, oldest or newest first. */
  async page(
    db: Db,
    ticketId: TicketId,
    order: 'asc' | 'desc',
    limit: number,
    after?: MessageId,
  ): Promise<readonly TimelineEntry[]> {
    const beyond = order === 'asc' ? '>' : '<';
    return rows<TimelineEntry>(
      db,
      `select ${columns} from message m left join call c on c.message_id = m.id
       where m.ticket_id = $1 and ($2::bigint is null or m.id ${beyond} $2) order by m.id ${order} limit $3`,
      [ticketId, after ?? null, limit],
    );
  }

  /** One entry, through its ticket: an id of another ticket finds nothing. */
  async get(db: Db, ticketId: TicketId, messageId: MessageId): Promise<TimelineEntry | undefined> {
    const [entry] = await rows<TimelineEntry>(
      db,
      `select ${columns} from message m left join call c on c.message_id = m.id
       where m.ticket_id = $1 and m.id = $2`,
      [ticketId, messageId],
    );
    return entry;
  }

  async add(tx: Db, message: NewMessage): Promise<MessageId> {
    const [added] = await rows<{ id: MessageId }>(
      tx,
      `insert into message (ticket_id, type, channel, account_id, author_type, author_id, author_name, text, idem)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        message.ticketId,
        message.type,
        message.channel,
        message.accountId,
        message.authorType,
        message.authorId,
        message.authorName,
        message.text,
        message.idem ?? null,
      ],
    );
    if (!added) throw new Error('a message was not added');
    return added.id;
  }

  /** What an earlier call with this `idem` wrote. */
  async byIdem(db: Db, ticketId: TicketId, idem: string): Promise<TimelineEntry | undefined> {
    const [entry] = await rows<{ id: MessageId }>(db, 'select id from message where ticket_id = $1 and idem = $2', [
      ticketId,
      idem,
    ]);
    return entry && this.get(db, ticketId, entry.id);
  }

  /** The newest message that the requester's side or the desk wrote to the other, notes and mail of robots apart. */
  async newestPublic(db: Db, ticketId: TicketId): Promise<MessageId | undefined> {
    const [newest] = await rows<{ id: MessageId }>(
      db,
      `select id from message where ticket_id = $1 and type in ('inbound', 'call', 'reply')
         and not (type = 'inbound' and author_type = 'program')
       order by id desc limit 1`,
      [ticketId],
    );
    return newest?.id;
  }

  /** Ids that an answer by this channel refers to, oldest first: the thread in the requester's own program. */
  async references(db: Db, ticketId: TicketId, channel: string, limit: number): Promise<readonly string[]> {
    const newestFirst = await rows<{ externalId: string }>(
      db,
      `select external_id as "externalId" from message
       where ticket_id = $1 and channel = $2 and type = 'inbound' and external_id is not null
         and author_type <> 'program'
       order by id desc limit $3`,
      [ticketId, channel, limit],
    );
    return newestFirst.map(({ externalId }) => externalId).reverse();
  }

  /** All of a ticket's messages as far as splitting looks at them, oldest first. */
  async splitCandidates(tx: Db, ticketId: TicketId): Promise<readonly SplitCandidate[]> {
    return rows<SplitCandidate>(
      tx,
      `select id, type, author_type as "authorType", author_id as "authorId", author_address as "authorAddress"
       from message where ticket_id = $1 order by id`,
      [ticketId],
    );
  }

  /** Moves messages to another ticket; what hangs on a message (files, facts of a call) follows it. */
  async move(tx: Db, from: TicketId, to: TicketId, messageIds: readonly MessageId[]): Promise<void> {
    await rows(tx, 'update message set ticket_id = $2 where ticket_id = $1 and id = any($3)', [from, to, messageIds]);
  }

  /** Moves all that belongs to a ticket: messages, tasks, and the conversations that are about it now. */
  async moveAll(tx: Db, from: TicketId, to: TicketId): Promise<void> {
    await rows(
      tx,
      `with messages as (update message set ticket_id = $2 where ticket_id = $1),
       tasks as (update task set ticket_id = $2 where ticket_id = $1)
       update conversation set ticket_id = $2, updated_at = now() where ticket_id = $1`,
      [from, to],
    );
  }
}
