import { Injectable } from '@nestjs/common';
import type { AccountId } from '#libs/contracts';
import { Database } from '#libs/database';
import { FileStore } from '#libs/files';
import type { CursorPosition, RawItem } from '../channel-adapter.js';
import { RawInboxRepository } from './raw-inbox.repository.js';
import type { RawRow } from './raw-row.js';

/** Takes raw items in: bytes first, then rows and cursor in one transaction. Nothing is parsed here. */
@Injectable()
export class Intake {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly inbox: RawInboxRepository,
  ) {}

  /**
   * Once this resolves the items may be acknowledged to the outside. Gives the rows that were new: they are claimed
   * by the caller for `claimMs`; with 0 the gateway of the channel finds them within a second.
   */
  async put(
    account: { readonly id: AccountId; readonly channel: string },
    items: readonly RawItem[],
    cursor?: CursorPosition,
    claimMs = 0,
  ): Promise<RawRow[]> {
    const keys = items.length > 0 ? await this.files.put(items.map(({ bytes }) => bytes)) : [];
    const stored = items.map(({ bytes, ...item }, at) => ({ ...item, raw: keys[at]!, rawBytes: bytes.byteLength }));
    return this.database.transaction(async (tx) => {
      const added = stored.length > 0 ? await this.inbox.put(tx, account, stored, claimMs) : [];
      if (cursor) await this.inbox.moveCursor(tx, account.id, cursor);
      return added;
    });
  }
}
