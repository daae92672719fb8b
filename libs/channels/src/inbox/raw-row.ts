import type { AccountId, InboundMessage, InboxId } from '#libs/contracts';
import type { RawItem } from '../channel-adapter.js';

/** A raw item whose bytes are in the content store. */
export interface StoredItem extends Omit<RawItem, 'bytes'> {
  readonly raw: string;
  readonly rawBytes: number;
}

/** A row that waits to be normalized, claimed by whoever holds this. */
export interface RawRow {
  readonly id: InboxId;
  readonly accountId: AccountId;
  readonly externalKey: string;
  readonly contentKey: string | null;
  readonly orderKey: string;
  readonly raw: string;
  readonly rawBytes: number;
  readonly source: Readonly<Record<string, string | number>>;
  /** Claims so far, this one included. */
  readonly attempts: number;
  readonly parseDeaths: number;
}

export interface NormalizedRow {
  readonly id: InboxId;
  readonly message: InboundMessage;
}
