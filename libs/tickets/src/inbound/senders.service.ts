import { Injectable } from '@nestjs/common';
import type { ReadyRow } from '#libs/channels';
import type { Db } from '#libs/database';
import { RequestersService } from '#libs/requesters';
import type { InboundItem } from './inbound-round.js';
import { isHuman } from './is-human.js';
import { RecordInboundRepository } from './record-inbound.repository.js';

/** Finds out who wrote. A robot becomes nobody's acquaintance by writing. */
@Injectable()
export class SendersService {
  constructor(
    private readonly requesters: RequestersService,
    private readonly records: RecordInboundRepository,
  ) {}

  async identify(tx: Db, rows: readonly ReadyRow[]): Promise<readonly InboundItem[]> {
    const people = rows.filter(({ message }) => isHuman(message));
    const robots = rows.filter(({ message }) => !isHuman(message));
    const identified = await this.requesters.identify(
      tx,
      people.map(({ message }) => message.sender),
    );
    for (const { from, into } of identified.merges) await this.records.moveRequester(tx, from, into);
    const known =
      robots.length > 0
        ? await this.requesters.known(
            tx,
            robots.map(({ message }) => message.sender),
          )
        : [];
    const requesterOf = new Map([
      ...people.map(({ id }, index) => [id, identified.requesterIds[index]] as const),
      ...robots.map(({ id }, index) => [id, known[index]] as const),
    ]);
    return rows.map((row) => ({ row, requesterId: requesterOf.get(row.id) }));
  }
}
