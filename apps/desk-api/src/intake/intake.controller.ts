import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { fates, InboxRepository, inboxStates, type LedgerFilter } from '#libs/channels';
import type { InboxId } from '#libs/contracts';
import { Database } from '#libs/database';
import { FileStore } from '#libs/files';
import { DeskError } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { decodeCursor, encodeCursor, pageQuery } from '../pages/cursor.js';
import { attachmentHeaders } from '../pages/download.js';
import { idShape } from '../pages/shapes.js';
import { ledgerEntry, ledgerShape } from './ledger-entry.js';

const ledgerQuery = z.strictObject({
  ...pageQuery,
  account: idShape.optional(),
  channel: z.string().max(32).optional(),
  state: z.enum(inboxStates).optional(),
  fate: z.enum(fates).optional(),
  ticket: idShape.optional(),
});

/** Proof that nothing is lost: every inbound item with its named end, and the count per account. */
@Controller('api/v1/intake')
export class IntakeController {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly files: FileStore,
  ) {}

  @Get('ledger')
  @Route('intake.ledger', {
    summary: 'Every inbound item with its fate, newest first; the first page has the counts per account',
    answer: ledgerShape,
  })
  async ledger(@Query({ schema: ledgerQuery }) query: z.output<typeof ledgerQuery>) {
    const { cursor, limit, account, channel, state, fate, ticket } = query;
    const filter: LedgerFilter = {
      limit,
      ...(account && { accountId: account }),
      ...(channel && { channel }),
      ...(state && { state }),
      ...(fate && { fate }),
      ...(ticket && { ticketId: ticket }),
    };
    const after = decodeCursor(cursor, z.tuple([idShape]))?.[0];
    const { items, next } = await this.inbox.ledger(this.database.db, filter, after);
    return {
      items: items.map(ledgerEntry),
      next: next === undefined ? null : encodeCursor([next]),
      ...(after === undefined && { accounts: await this.inbox.counts(this.database.db) }),
    };
  }

  @Get(':id/raw')
  @Route('intake.raw', { summary: 'The bytes of an inbound item as they came, to be saved', download: true })
  async raw(@Param('id', { schema: idShape }) id: InboxId, @Res() reply: FastifyReply): Promise<void> {
    const row = await this.inbox.get(this.database.db, id);
    if (!row) throw new DeskError('not_found');
    const stream = await this.files.stream(row.raw);
    const isMail = row.channel === 'email';
    const name = `intake-${row.id}.${isMail ? 'eml' : 'bin'}`;
    const headers = attachmentHeaders(name, row.rawBytes, isMail ? 'message/rfc822' : 'application/octet-stream');
    await reply.headers(headers).send(stream);
  }
}
