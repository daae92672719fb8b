import { Injectable } from '@nestjs/common';
import type { AttachmentId, InboundAttachment, MessageId, TicketId } from '#libs/contracts';
import { rows, type Db } from '#libs/database';

export interface Attachment {
  readonly id: AttachmentId;
  readonly messageId: MessageId;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: string;
  /** Key in the content store; empty while `missing` says why the bytes are not here. */
  readonly content: string | null;
  readonly missing: NonNullable<InboundAttachment['missing']> | null;
}

/** A file that is in the content store and goes with a message. */
export interface StoredFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly content: string;
}

const columns = 'a.id, a.message_id as "messageId", a.name, a.media_type as "mediaType", a.bytes, a.content, a.missing';

/** Files of messages, always loaded through the message or the ticket that the reader may see. */
@Injectable()
export class AttachmentsRepository {
  async byMessages(db: Db, messageIds: readonly MessageId[]): Promise<readonly Attachment[]> {
    return rows<Attachment>(db, `select ${columns} from attachment a where a.message_id = any($1) order by a.id`, [
      messageIds,
    ]);
  }

  async get(db: Db, ticketId: TicketId, id: AttachmentId): Promise<Attachment | undefined> {
    const [attachment] = await rows<Attachment>(
      db,
      `select ${columns} from attachment a join message m on m.id = a.message_id where m.ticket_id = $1 and a.id = $2`,
      [ticketId, id],
    );
    return attachment;
  }

  async add(tx: Db, messageId: MessageId, files: readonly StoredFile[]): Promise<void> {
    if (files.length === 0) return;
    await rows(
      tx,
      `insert into attachment (message_id, name, media_type, bytes, content)
       select $1, * from unnest($2::text[], $3::text[], $4::bigint[], $5::text[])`,
      [
        messageId,
        files.map((file) => file.name),
        files.map((file) => file.mediaType),
        files.map((file) => file.bytes),
        files.map((file) => file.content),
      ],
    );
  }
}
