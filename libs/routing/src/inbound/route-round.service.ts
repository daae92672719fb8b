import { Injectable } from '@nestjs/common';
import type { ReadyRow } from '#libs/channels';
import type { Db } from '#libs/database';
import {
  BotCommandsService,
  DeliveryReportsService,
  InboundRound,
  MessageChangesService,
  SendersService,
} from '#libs/tickets';
import { PlaceMessagesService } from './place-messages.service.js';

/** One round: every row gets its end, in the order in which each step takes what is its own and leaves the rest. */
@Injectable()
export class RouteRound {
  constructor(
    private readonly reports: DeliveryReportsService,
    private readonly senders: SendersService,
    private readonly commands: BotCommandsService,
    private readonly changes: MessageChangesService,
    private readonly messages: PlaceMessagesService,
  ) {}

  async route(tx: Db, rows: readonly ReadyRow[]): Promise<InboundRound> {
    const round = new InboundRound();
    const single = rows.filter((row) => !endAsDuplicate(row, round));
    const others = await this.reports.settle(tx, single, round);
    if (others.length === 0) return round;
    const items = await this.senders.identify(tx, others);
    const written = await this.commands.answer(tx, items, round);
    const added = await this.changes.apply(tx, written, round);
    if (added.length > 0) await this.messages.place(tx, added, round);
    return round;
  }
}

/** The same item came by another account: what it is about is shown where the first one went. */
function endAsDuplicate({ id, duplicateOf }: ReadyRow, round: InboundRound): boolean {
  if (duplicateOf === null) return false;
  round.end({ id, fate: 'duplicate', duplicateOf });
  return true;
}
