import { Injectable, Logger } from '@nestjs/common';
import { inboundMessage, type InboundMessage } from '#libs/contracts';
import { FileStore } from '#libs/files';
import type { ChannelAdapter, Normalized } from '../channel-adapter.js';
import type { RawRow } from '../inbox/raw-row.js';
import { FileFetching } from './file-fetching.service.js';
import { fillFiles } from './fill-files.js';
import { Gather } from './gather.js';
import { HostedAccounts } from './hosted-accounts.service.js';
import type { ParserOutcome } from './parser/parser-protocol.js';
import { Parsers } from './parsers.service.js';
import { RawEnds } from './raw-ends.service.js';
import { stubMessage } from './stub-message.js';

/** How often an item may kill its reader, and how often it may be begun at all, before it is shown unread. */
const mostDeaths = 3;
const mostClaims = 25;

/** One raw row to its end: read, store what belongs to the message, fetch what is elsewhere, make it ready. */
@Injectable()
export class Normalizing {
  private readonly log = new Logger(Normalizing.name);
  private readonly storing = new Gather(async (items: readonly Normalized[]) => {
    const keys = await this.files.put(items.flatMap(({ files }) => files));
    let from = 0;
    return items.map(({ files }) => keys.slice(from, (from += files.length)));
  });

  constructor(
    private readonly files: FileStore,
    private readonly accounts: HostedAccounts,
    private readonly parsers: Parsers,
    private readonly fetching: FileFetching,
    private readonly ends: RawEnds,
  ) {}

  /** Never throws: what cannot be done now is delayed, and what cannot be read is shown unread. */
  async finish(adapter: ChannelAdapter, row: RawRow, bytes?: Uint8Array): Promise<void> {
    try {
      const outcome = await this.read(adapter, row, bytes);
      if (outcome.is === 'refused') return await this.ends.ignore(row.id, outcome.code);
      const message = outcome.is === 'read' ? await this.complete(outcome.normalized, row) : undefined;
      if (!message) this.log.warn({ inboxId: row.id, accountId: row.accountId }, 'shown unread');
      await this.ends.ready(row.id, message ?? stubMessage(row, adapter.rawFile));
    } catch (error) {
      await this.ends.delay(row.id, error);
    }
  }

  private async read(adapter: ChannelAdapter, row: RawRow, known?: Uint8Array): Promise<ParserOutcome> {
    const tooOften: ParserOutcome = { is: 'unreadable', reason: 'too-often' };
    if (row.attempts > mostClaims || row.parseDeaths >= mostDeaths) return tooOften;
    const { accountId: id, externalKey, contentKey, orderKey, source } = row;
    const facts = (await this.accounts.get(id))?.facts ?? { id, address: undefined, ownAddresses: [] };
    const bytes = known ?? (await this.files.get(row.raw));
    const raw = { externalKey, orderKey, source, bytes, ...(contentKey !== null && { contentKey }) };
    for (;;) {
      const outcome = await this.parsers.read(adapter, { raw, facts });
      if (outcome.is !== 'died') return outcome;
      if ((await this.ends.countDeath(row.id)) >= mostDeaths) return tooOften;
    }
  }

  /** The message with its files in the store; undefined when it is not one by the contract. */
  private async complete(normalized: Normalized, { accountId }: RawRow): Promise<InboundMessage | undefined> {
    const parsed = inboundMessage.safeParse(normalized.message);
    if (!parsed.success) return undefined;
    const keys = normalized.files.length > 0 ? await this.storing.add(normalized) : [];
    const message = fillFiles(parsed.data, keys);
    return this.fetching.wanted(message) ? this.fetching.fill(message, accountId) : message;
  }
}
