import { Injectable } from '@nestjs/common';
import type { AccountId, InboundAttachment, InboxId, MessageId, RequesterId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { NewInboundMessage, NewInboundTicket, Touch, TouchedTicket } from './recording.js';

/** SQL of recording a batch of inbound messages: one statement for each table. */
@Injectable()
export class RecordInboundRepository {
  /** Gives ids and numbers in the order of `tickets`. */
  async addTickets(tx: Db, tickets: readonly NewInboundTicket[]): Promise<{ id: TicketId; number: string }[]> {
    const added = await rows<{ id: TicketId; number: string }>(
      tx,
      `insert into ticket (subject, state, outcome, queue_id, kind, priority, requester_id, channel, account_id,
         reply_to, reply_from, conversation, locale, closed_at)
       select t.subject, t.state, t.outcome, t."queueId", t.kind, t.priority, t."requesterId", t.channel, t."accountId",
         t."replyTo", t."replyFrom", t.conversation, t.locale, case t.state when 'closed' then now() end
       from jsonb_array_elements($1::jsonb) with ordinality as e (item, n),
         jsonb_to_record(e.item) as t (subject text, state text, outcome text, "queueId" bigint, kind text,
           priority int, "requesterId" bigint, channel text, "accountId" bigint, "replyTo" text, "replyFrom" text,
           conversation text, locale text)
       order by e.n returning id, number`,
      [JSON.stringify(tickets)],
    );
    // Identities are given out in the order of the select.
    return added.sort((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1));
  }

  /** Gives the message of each inbox row. */
  async addMessages(tx: Db, messages: readonly NewInboundMessage[]): Promise<ReadonlyMap<InboxId, MessageId>> {
    const added = await rows<{ id: MessageId; inboxId: InboxId }>(
      tx,
      `insert into message (ticket_id, type, channel, account_id, inbox_id, author_type, author_id, author_name,
         author_address, subject, text, full_text, html, external_id, group_key, others, automatic, flags, sent_at)
       select m."ticketId", m.type, m.channel, m."accountId", m."inboxId", m."authorType", m."authorId", m."authorName",
         m."authorAddress", m.subject, m.text, m."fullText", m.html, m."externalId", m."groupKey", m.others,
         m.automatic, m.flags, m."sentAt"
       from jsonb_to_recordset($1::jsonb) as m ("ticketId" bigint, type text, channel text, "accountId" bigint,
         "inboxId" bigint, "authorType" text, "authorId" bigint, "authorName" text, "authorAddress" text, subject text,
         text text, "fullText" text, html text, "externalId" text, "groupKey" text, others text[], automatic text,
         flags text[], "sentAt" timestamptz)
       order by m."inboxId" returning id, inbox_id as "inboxId"`,
      [JSON.stringify(messages)],
    );
    return new Map(added.map(({ id, inboxId }) => [inboxId, id]));
  }

  async addAttachments(
    tx: Db,
    attachments: readonly { messageId: MessageId; attachment: InboundAttachment }[],
  ): Promise<void> {
    if (attachments.length === 0) return;
    const flat = attachments.map(({ messageId, attachment }) => ({ ...attachment, messageId }));
    await rows(
      tx,
      `insert into attachment (message_id, name, media_type, bytes, content, missing, inline_id)
       select a."messageId", a.name, a."mediaType", a.bytes, a.content,
         case when a.content is null then coalesce(a.missing, 'unavailable') end, a."inlineId"
       from jsonb_array_elements($1::jsonb) with ordinality as e (item, n),
         jsonb_to_record(e.item) as a ("messageId" bigint, name text, "mediaType" text, bytes bigint, content text,
           missing text, "inlineId" text)
       order by e.n`,
      [JSON.stringify(flat)],
    );
  }

  /**
   * Brings tickets up, and wakes (nobody has it, a specialist is needed) or closes those that the message asks for.
   * Tickets that were merged away since they were found are not in the answer.
   */
  touch(
    tx: Db,
    touches: readonly { ticketId: TicketId; touch: Touch; outcome: string | null }[],
  ): Promise<TouchedTicket[]> {
    return rows(
      tx,
      `with asked as (select * from unnest($1::bigint[], $2::text[], $3::text[]) as a (id, touch, outcome)),
       held as (
         select t.id, t.state, t.assignee_id, a.touch, a.outcome from ticket t join asked a using (id)
         where t.merged_into is null order by t.id for update of t
       ), planned as (
         select *, touch = 'wake' and state in ('pending', 'closed') as wakes, touch = 'close' as closes from held
       )
       update ticket t set updated_at = now(), version = t.version + 1,
         state = case when p.wakes then 'waiting' when p.closes then 'closed' else t.state end,
         assignee_id = case when p.wakes then null else t.assignee_id end,
         closed_at = case when p.wakes then null when p.closes then now() else t.closed_at end,
         outcome = case when p.wakes then null when p.closes then coalesce(p.outcome, t.outcome) else t.outcome end
       from planned p where t.id = p.id
       returning t.id, t.number, t.queue_id as "queueId", t.priority, t.state, p.state as "stateBefore",
         p.assignee_id as "assigneeBefore"`,
      [
        touches.map(({ ticketId }) => ticketId),
        touches.map(({ touch }) => touch),
        touches.map(({ outcome }) => outcome),
      ],
    );
  }

  /** What belonged to `from` belongs to the requester it was merged into. */
  async moveRequester(tx: Db, from: RequesterId, into: RequesterId): Promise<void> {
    await rows(tx, 'update ticket set requester_id = $2 where requester_id = $1', [from, into]);
  }

  /** Those of the tickets that were not acknowledged before; they are now. */
  async markAcknowledged(tx: Db, ids: readonly TicketId[]): Promise<ReadonlySet<TicketId>> {
    const marked = await rows<{ id: TicketId }>(
      tx,
      `update ticket set acknowledged_at = now() where id = any($1::bigint[]) and acknowledged_at is null returning id`,
      [ids],
    );
    return new Set(marked.map(({ id }) => id));
  }

  /** Shows in the tickets what the desk itself wrote; gives the messages in the order asked. */
  async addAcknowledgements(
    tx: Db,
    texts: readonly { ticketId: TicketId; channel: string; accountId: AccountId; text: string }[],
  ): Promise<ReadonlyMap<TicketId, MessageId>> {
    const added = await rows<{ id: MessageId; ticketId: TicketId }>(
      tx,
      `insert into message (ticket_id, type, channel, account_id, author_type, text)
       select ticket_id, 'acknowledgement', channel, account_id, 'desk', text
       from unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[]) as a (ticket_id, channel, account_id, text)
       returning id, ticket_id as "ticketId"`,
      [
        texts.map(({ ticketId }) => ticketId),
        texts.map(({ channel }) => channel),
        texts.map(({ accountId }) => accountId),
        texts.map(({ text }) => text),
      ],
    );
    return new Map(added.map(({ id, ticketId }) => [ticketId, id]));
  }
}
