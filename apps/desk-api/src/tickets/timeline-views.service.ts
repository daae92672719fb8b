import { Injectable } from '@nestjs/common';
import { OutboxRepository, type OutboxRow } from '#libs/channels';
import type { MessageId } from '#libs/contracts';
import { Database } from '#libs/database';
import {
  AttachmentsRepository,
  wholeDelivery,
  type Attachment,
  type Delivery,
  type TimelineEntry,
} from '#libs/tickets';

/** Entries of a timeline in the words of the API, with their files and how their sending went. */
@Injectable()
export class TimelineViews {
  constructor(
    private readonly database: Database,
    private readonly attachments: AttachmentsRepository,
    private readonly outbox: OutboxRepository,
  ) {}

  async list(entries: readonly TimelineEntry[]) {
    const { db } = this.database;
    const ids = entries.map(({ id }) => id);
    const [files, sent] = await Promise.all([this.attachments.byMessages(db, ids), this.outbox.byMessages(db, ids)]);
    const filesOf = groupBy(files, ({ messageId }) => messageId);
    const sentOf = groupBy(sent, ({ messageId }) => messageId ?? '');
    return entries.map((entry) => view(entry, filesOf.get(entry.id) ?? [], sentOf.get(entry.id) ?? []));
  }
}

function view(entry: TimelineEntry, files: readonly Attachment[], sent: readonly OutboxRow[]) {
  const { authorType, authorId, authorName, authorAddress, accountId: _account, inboxId, ...shown } = entry;
  return {
    ...shown,
    author: { type: authorType, id: authorId, name: authorName, address: authorAddress },
    hasOriginal: inboxId !== null,
    attachments: files.map(({ id, name, mediaType, bytes, missing }) => ({
      id,
      name,
      mediaType,
      missing,
      bytes: Number(bytes),
    })),
    delivery: wholeDelivery(sent.map(deliveryOf)) ?? onPage(entry),
  };
}

const deliveryOf = ({ state, channel, reasonCode, reason, nextAt, sentAt }: OutboxRow): Delivery => ({
  state,
  channel,
  reasonCode,
  reason,
  sentAt,
  nextAt: state === 'queued' ? nextAt : null,
});

/** An answer that is not sent stands on the requester's page from the moment it is written. */
const onPage = ({ type, channel, createdAt }: TimelineEntry): Delivery | null =>
  type === 'reply' ? { state: 'sent', channel, reasonCode: null, reason: null, nextAt: null, sentAt: createdAt } : null;

function groupBy<Item>(items: readonly Item[], key: (item: Item) => MessageId): ReadonlyMap<MessageId, Item[]> {
  const groups = new Map<MessageId, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
