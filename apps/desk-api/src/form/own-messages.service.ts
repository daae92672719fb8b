import { Injectable } from '@nestjs/common';
import type { AttachmentId } from '#libs/contracts';
import { Database } from '#libs/database';
import { FileStore } from '#libs/files';
import { DeskError, PlatformConfig } from '#libs/platform';
import { AttachmentsRepository, type Ticket, TimelineRepository } from '#libs/tickets';
import { isShown, messageView } from './requester-view.js';

const mostMessages = 500;

/** What was said between a requester and the desk on a ticket that `OwnTickets` gave. */
@Injectable()
export class OwnMessages {
  constructor(
    private readonly database: Database,
    private readonly timeline: TimelineRepository,
    private readonly attachments: AttachmentsRepository,
    private readonly files: FileStore,
    private readonly config: PlatformConfig,
  ) {}

  async of({ id }: Ticket) {
    const entries = (await this.timeline.page(this.database.db, id, 'asc', mostMessages)).filter(isShown);
    const files = await this.attachments.byMessages(
      this.database.db,
      entries.map((entry) => entry.id),
    );
    return entries.map((entry) => messageView(entry, files, this.config.DESK_NAME));
  }

  /** A file of a message that the requester sees. */
  async attachment(
    ticket: Ticket,
    id: AttachmentId,
  ): Promise<{ name: string; bytes: number; stream: NodeJS.ReadableStream }> {
    const file = await this.attachments.get(this.database.db, ticket.id, id);
    const entry = file && (await this.timeline.get(this.database.db, ticket.id, file.messageId));
    if (!file?.content || !entry || !isShown(entry)) throw new DeskError('not_found');
    return { name: file.name, bytes: Number(file.bytes), stream: await this.files.stream(file.content) };
  }
}
