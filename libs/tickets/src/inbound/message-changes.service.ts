import { Injectable } from '@nestjs/common';
import type { ReadyRow } from '#libs/channels';
import type { Db } from '#libs/database';
import type { InboundItem, InboundRound } from './inbound-round.js';
import { MessageChangesRepository, type ChangedMessage } from './message-changes.repository.js';
import { RecordInboundRepository } from './record-inbound.repository.js';
import { visiblePart } from './visible-part.js';

interface Change {
  readonly row: ReadyRow;
  readonly message: ChangedMessage;
}

/** Items that change a message which is recorded already, instead of being one. */
@Injectable()
export class MessageChangesService {
  constructor(
    private readonly changes: MessageChangesRepository,
    private readonly records: RecordInboundRepository,
  ) {}

  /**
   * Ends the items that edit a message of the same author, or are a further part of an album, and gives the others:
   * an edit of what we never had is a message of its own.
   */
  async apply(tx: Db, items: readonly InboundItem[], round: InboundRound): Promise<readonly InboundItem[]> {
    const edits = await this.findEdited(tx, items);
    const parts = await this.findAlbums(tx, items);
    if (edits.length > 0) await this.edit(tx, edits, round);
    if (parts.length > 0) await this.extend(tx, parts, round);
    const ended = new Set([...edits, ...parts].map(({ row }) => row.id));
    return items.filter(({ row }) => !ended.has(row.id));
  }

  private async edit(tx: Db, edits: readonly Change[], round: InboundRound): Promise<void> {
    const changed = await this.changes.replaceTexts(
      tx,
      edits.map(({ row, message }) => ({ id: message.id, ...visiblePart(row.message) })),
    );
    await this.show(
      tx,
      edits.filter(({ message }) => changed.has(message.id)),
      round,
    );
    for (const { row, message } of edits) {
      round.end({ id: row.id, fate: 'edited', ticketId: message.ticketId, messageId: message.id });
    }
  }

  private async extend(tx: Db, parts: readonly Change[], round: InboundRound): Promise<void> {
    await this.records.addAttachments(
      tx,
      parts.flatMap(({ row, message }) =>
        row.message.attachments.map((attachment) => ({ messageId: message.id, attachment })),
      ),
    );
    const captions = parts.filter(({ row }) => row.message.text !== '');
    if (captions.length > 0) {
      await this.changes.addCaptions(
        tx,
        captions.map(({ row, message }) => ({ id: message.id, text: row.message.text })),
      );
    }
    await this.show(tx, parts, round);
    for (const { row, message } of parts) {
      round.end({ id: row.id, fate: 'appended', ticketId: message.ticketId, messageId: message.id });
    }
  }

  private async show(tx: Db, changes: readonly Change[], round: InboundRound): Promise<void> {
    const ticketIds = [...new Set(changes.map(({ message }) => message.ticketId))];
    const touches = ticketIds.map((ticketId) => ({ ticketId, touch: 'show' as const, outcome: null }));
    const touched = touches.length > 0 ? await this.records.touch(tx, touches) : [];
    const queues = new Map(touched.map(({ id, queueId }) => [id, queueId]));
    for (const { message } of changes) {
      const queueId = queues.get(message.ticketId);
      round.tell({
        type: 'message.changed',
        ticketId: message.ticketId,
        ...(queueId && { queueId }),
        data: { messageId: message.id },
      });
    }
  }

  private async findEdited(tx: Db, items: readonly InboundItem[]): Promise<Change[]> {
    const edits = items.filter(({ row }) => row.message.type === 'edit');
    if (edits.length === 0) return [];
    const found = await this.changes.byExternal(
      tx,
      edits.map(({ row: { channel, accountId, message } }) => ({ channel, accountId, externalId: message.externalId })),
    );
    return edits.flatMap(({ row }) => {
      const message = found.find(
        (one) => one.accountId === row.accountId && one.externalId === row.message.externalId && wrote(row, one),
      );
      return message ? [{ row, message }] : [];
    });
  }

  private async findAlbums(tx: Db, items: readonly InboundItem[]): Promise<Change[]> {
    const parts = items.flatMap(({ row }) => {
      const { group } = row.message.thread;
      return row.message.type === 'message' && group !== undefined ? [{ row, group }] : [];
    });
    if (parts.length === 0) return [];
    const found = await this.changes.byGroup(
      tx,
      parts.map(({ row, group }) => ({ accountId: row.accountId, group })),
    );
    return parts.flatMap(({ row, group }) => {
      const message = found.find((one) => one.accountId === row.accountId && one.group === group && wrote(row, one));
      return message ? [{ row, message }] : [];
    });
  }
}

const wrote = (row: ReadyRow, message: ChangedMessage): boolean =>
  row.message.sender.addresses.some(({ value }) => value === message.authorAddress);
