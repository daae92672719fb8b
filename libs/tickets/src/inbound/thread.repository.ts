import { Injectable } from '@nestjs/common';
import type { AccountId, RequesterId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { TicketState } from '../ticket.js';
import { unconfirmedFlag } from './recording.js';

/** A ticket under the id or number that was asked for, and what it became by merging. */
export interface FoundTicket {
  readonly asked: TicketId;
  readonly askedNumber: string;
  readonly id: TicketId;
  readonly state: TicketState;
  readonly requesterId: RequesterId;
}

export interface ConversationKey {
  readonly accountId: AccountId;
  readonly conversation: string;
}

export interface FoundConversation extends ConversationKey {
  readonly ticketId: TicketId | null;
}

export interface Participation {
  readonly ticketId: TicketId;
  readonly address: string;
}

/** A chain of merges longer than this does not come from people. */
const longestChain = 50;

/** Where the clues of inbound messages lead: lookups for a whole batch, one statement each. */
@Injectable()
export class ThreadRepository {
  /** Tickets that hold a message which came in, or was written, under one of these ids. */
  byReference(
    db: Db,
    asked: readonly { channel: string; reference: string }[],
  ): Promise<{ channel: string; reference: string; ticketId: TicketId }[]> {
    return rows(
      db,
      `select distinct on (m.channel, m.external_id) m.channel, m.external_id as reference, m.ticket_id as "ticketId"
       from (select distinct * from unnest($1::text[], $2::text[]) as u (channel, reference)) asked
       join message m on m.channel = asked.channel and m.external_id = asked.reference
       order by m.channel, m.external_id, m.id desc`,
      [asked.map(({ channel }) => channel), asked.map(({ reference }) => reference)],
    );
  }

  /**
   * What conversations are about: the ticket talked about last, or, when that one is done, the newest that is not.
   * Nothing where the next message opens a ticket of its own.
   */
  conversations(db: Db, asked: readonly ConversationKey[]): Promise<FoundConversation[]> {
    return rows(
      db,
      `select c.account_id as "accountId", c.conversation, coalesce(
         (select t.id from ticket t where t.id = c.ticket_id and t.state <> 'closed'),
         (select t.id from ticket t where t.account_id = c.account_id and t.conversation = c.conversation
            and t.state <> 'closed' and t.merged_into is null order by t.id desc limit 1)) as "ticketId"
       from (select distinct * from unnest($1::bigint[], $2::text[]) as u (account_id, conversation)) asked
       join conversation c using (account_id, conversation)
       where not c.opens_new`,
      [asked.map(({ accountId }) => accountId), asked.map(({ conversation }) => conversation)],
    );
  }

  /** Tickets by id or by number, each with the ticket that it was merged into at last. */
  tickets(db: Db, ids: readonly TicketId[], numbers: readonly string[]): Promise<FoundTicket[]> {
    return rows(
      db,
      `with recursive chain as (
         select id as asked, number as asked_number, id, merged_into, state, requester_id, 1 as length
         from ticket where id = any($1::bigint[]) or number = any($2::bigint[])
         union all
         select c.asked, c.asked_number, t.id, t.merged_into, t.state, t.requester_id, c.length + 1
         from chain c join ticket t on t.id = c.merged_into where c.length < ${longestChain}
       )
       select asked, asked_number as "askedNumber", id, state, requester_id as "requesterId"
       from chain where merged_into is null`,
      [ids, numbers],
    );
  }

  /** Which of the addresses wrote in the ticket, or were named in it as recipients. Strangers introduce nobody. */
  participations(db: Db, asked: readonly Participation[]): Promise<Participation[]> {
    return rows(
      db,
      `select distinct asked.ticket_id as "ticketId", asked.address
       from unnest($1::bigint[], $2::text[]) as asked (ticket_id, address)
       join message m on m.ticket_id = asked.ticket_id
       where (m.author_address = asked.address or asked.address = any(m.others))
         and not '${unconfirmedFlag}' = any(m.flags)`,
      [asked.map(({ ticketId }) => ticketId), asked.map(({ address }) => address)],
    );
  }
}
