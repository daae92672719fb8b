import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InboxRepository } from '#libs/channels';
import type { AccountId, InboundMessage, InboxId, MessageId, TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { FileStore } from '#libs/files';
import { DeskError } from '#libs/platform';
import { RouteInbound } from './inbound/route-inbound.service.js';

/** A request that somebody waits to have taken: a form, a logged call. */
export interface TakenItem {
  readonly accountId: AccountId;
  readonly channel: string;
  /** The same at every repetition of the request. */
  readonly externalKey: string;
  readonly orderKey?: string;
  /** The request as it came: kept, whatever becomes of it. */
  readonly raw: Uint8Array;
  readonly message: InboundMessage;
}

export interface TakenIn {
  readonly inboxId: InboxId;
  readonly ticketId: TicketId;
  readonly messageId: MessageId | null;
  /** False for a repetition: nothing was added. */
  readonly isNew: boolean;
}

const waitStepMs = 50;
const waitSteps = 100;

/**
 * Takes a request in by the road of every other, and routes it at once, so that the answer has the ticket. Once the
 * row is committed it is not lost: after a crash the dispatcher has it routed, and a repetition finds it.
 */
@Injectable()
export class TakeInService {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly inbox: InboxRepository,
    private readonly router: RouteInbound,
  ) {}

  async take(item: TakenItem): Promise<TakenIn> {
    const { accountId, channel, externalKey, orderKey, message } = item;
    const [raw = ''] = await this.files.put([item.raw]);
    const put = { accountId, channel, externalKey, raw, rawBytes: item.raw.byteLength, message };
    const { id: inboxId, isNew } = await this.database.transaction((tx) =>
      this.inbox.putReady(tx, orderKey === undefined ? put : { ...put, orderKey }),
    );
    for (let step = 0; step < waitSteps; step += 1) {
      await this.router.route([inboxId]);
      const row = await this.inbox.get(this.database.db, inboxId);
      if (row?.ticketId) return { inboxId, ticketId: row.ticketId, messageId: row.messageId, isNew };
      if (row?.state !== 'ready') break;
      // Another router took it at this very moment, or an earlier one of its order is still on its way.
      await pause(waitStepMs);
    }
    throw new DeskError('unavailable', 'refusal.numberLater');
  }
}
