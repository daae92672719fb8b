import { Injectable } from '@nestjs/common';
import type { AccountId, MessageId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';

/** A message that another item changes. */
export interface ChangedMessage {
  readonly id: MessageId;
  readonly ticketId: TicketId;
  readonly authorAddress: string | null;
}

export interface MessageText {
  readonly id: MessageId;
  readonly text: string;
  readonly fullText: string | null;
}

/** SQL of changing messages that are recorded: edits by their authors, and parts of albums that come one by one. */
@Injectable()
export class MessageChangesRepository {
  /** Received messages by the id that the provider gave them. */
  byExternal(
    tx: Db,
    asked: readonly { channel: string; accountId: AccountId; externalId: string }[],
  ): Promise<(ChangedMessage & { accountId: AccountId; externalId: string })[]> {
    return rows(
      tx,
      `select m.id, m.ticket_id as "ticketId", m.author_address as "authorAddress", m.account_id as "accountId",
         m.external_id as "externalId"
       from unnest($1::bigint[], $2::text[], $3::text[]) as asked (account_id, external_id, channel)
       join message m using (channel, external_id) where m.account_id = asked.account_id and m.type = 'inbound'`,
      [
        asked.map(({ accountId }) => accountId),
        asked.map(({ externalId }) => externalId),
        asked.map(({ channel }) => channel),
      ],
    );
  }

  /** Messages that stand for an album, by its key. */
  byGroup(
    tx: Db,
    asked: readonly { accountId: AccountId; group: string }[],
  ): Promise<(ChangedMessage & { accountId: AccountId; group: string })[]> {
    return rows(
      tx,
      `select m.id, m.ticket_id as "ticketId", m.author_address as "authorAddress", m.account_id as "accountId",
         m.group_key as "group"
       from unnest($1::bigint[], $2::text[]) as asked (account_id, group_key)
       join message m using (account_id, group_key)`,
      [asked.map(({ accountId }) => accountId), asked.map(({ group }) => group)],
    );
  }

  /** Replaces texts that differ and keeps the ones before as versions; gives the messages that changed. */
  async replaceTexts(tx: Db, texts: readonly MessageText[]): Promise<ReadonlySet<MessageId>> {
    const changed = await rows<{ id: MessageId }>(
      tx,
      `with asked as (select * from unnest($1::bigint[], $2::text[], $3::text[]) as a (id, text, full_text)),
       held as (
         select m.id, m.version, m.text, a.text as new_text, a.full_text as new_full_text
         from message m join asked a using (id) where m.text <> a.text order by m.id for update of m
       ), kept as (
         insert into message_version (message_id, version, text) select id, version, text from held
       )
       update message m set text = h.new_text, full_text = h.new_full_text, version = m.version + 1, edited_at = now()
       from held h where m.id = h.id returning m.id`,
      [texts.map(({ id }) => id), texts.map(({ text }) => text), texts.map(({ fullText }) => fullText)],
    );
    return new Set(changed.map(({ id }) => id));
  }

  /** Adds the caption of a later part of an album. */
  async addCaptions(tx: Db, captions: readonly { id: MessageId; text: string }[]): Promise<void> {
    await rows(
      tx,
      `update message m set text = case when m.text = '' then c.text else m.text || E'\\n\\n' || c.text end
       from unnest($1::bigint[], $2::text[]) as c (id, text) where m.id = c.id`,
      [captions.map(({ id }) => id), captions.map(({ text }) => text)],
    );
  }
}
