import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import type { ConversationKey } from './thread.repository.js';
import type { TicketState } from '../ticket.js';

export interface Turn extends ConversationKey {
  readonly ticketId: TicketId;
  /** Whether the message opened the ticket, which is what `opensNew` waited for. */
  readonly opened: boolean;
}

/** SQL of `conversation`: what is being talked about in each chat. */
@Injectable()
export class ConversationsRepository {
  /** The last message of each conversation decides what the next one is about. */
  async turn(tx: Db, turns: readonly Turn[]): Promise<void> {
    if (turns.length === 0) return;
    await rows(
      tx,
      `insert into conversation as c (account_id, conversation, ticket_id)
       select account_id, conversation, ticket_id
       from unnest($1::bigint[], $2::text[], $3::bigint[]) as t (account_id, conversation, ticket_id)
       on conflict (account_id, conversation) do update set updated_at = now(),
         ticket_id = case when c.opens_new and excluded.ticket_id <> all($4::bigint[]) then c.ticket_id else excluded.ticket_id end,
         opens_new = c.opens_new and excluded.ticket_id <> all($4::bigint[])`,
      [
        turns.map(({ accountId }) => accountId),
        turns.map(({ conversation }) => conversation),
        turns.map(({ ticketId }) => ticketId),
        turns.filter(({ opened }) => opened).map(({ ticketId }) => ticketId),
      ],
    );
  }

  /** The next message opens a ticket of its own. */
  async openNew(tx: Db, { accountId, conversation }: ConversationKey): Promise<void> {
    await rows(
      tx,
      `insert into conversation (account_id, conversation, opens_new) values ($1, $2, true)
       on conflict (account_id, conversation) do update set opens_new = true, updated_at = now()`,
      [accountId, conversation],
    );
  }

  /** The tickets of a conversation that are not done, newest first. */
  openTickets(
    db: Db,
    { accountId, conversation }: ConversationKey,
    limit: number,
  ): Promise<{ number: string; subject: string; state: TicketState }[]> {
    return rows(
      db,
      `select number, subject, state from ticket
       where account_id = $1 and conversation = $2 and state <> 'closed' and merged_into is null
       order by id desc limit $3`,
      [accountId, conversation, limit],
    );
  }
}
