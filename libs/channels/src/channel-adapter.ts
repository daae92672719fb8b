import type { AccountId, InboundMessage, OutboundMessage } from '#libs/contracts';
import type { ZodType } from 'zod';

/**
 * THE port of a channel: one way of reaching a requester. An adapter translates; it decides nothing and stores
 * nothing. Leases, cursors, retries, de-duplication and reporting are done once, by the host, for all.
 */
export interface ChannelAdapter<Settings = unknown> {
  /** `email`, `telegram`: unique; the channel's name in account rows, jobs and webhook URLs. */
  readonly kind: string;
  /** Plain data, announced to the desk at start. */
  readonly can: Capabilities;
  /** How a provider's calls to `/hooks/:channel/:account` are believed and stored; absent where none calls. */
  readonly hook?: Hook;
  /** Settings of an account; fields with `.meta({ secret: true })` are kept sealed and never shown. */
  readonly settings: ZodType<Settings>;

  /**
   * Takes in by itself until `stop` fires: IMAP, long polling, listening for SMTP. Whatever it throws, it is started
   * again with back-off (`Retry.afterMs` where given) and people see why: the trouble it reported last, or the error:
   * the reason of a `Retry` is a code of the catalogue, with a detail after a colon where there is one
   * (`wrong-password`, `tls: certificate has expired`). Absent for channels that are only called.
   */
  receive?(account: Account<Settings>, inbox: Inbox, stop: AbortSignal): Promise<void>;

  /**
   * Raw bytes to a normalized message; the same bytes give the same message. Pure: no network, no files. Throws
   * `Refused` for what is not for us (the row ends as `ignored`, its code is the reason). After any other throw the
   * item becomes a stub with the raw bytes attached and the flag `unreadable`: the same bytes would fail again.
   */
  normalize(raw: RawItem, account: AccountFacts): Promise<Normalized> | Normalized;

  /**
   * A module that exports the same `normalize`. Where it is given, the host runs it in a bounded child process,
   * because the bytes of this channel can hurt a parser (mail).
   */
  readonly normalizer?: URL;

  /** What the raw bytes are called when people get them as a file; without it `message.bin`. */
  readonly rawFile?: { readonly name: string; readonly mediaType: string };

  /** Fetches the bytes of an attachment that came as a reference (`InboundAttachment.remote`). */
  fetchFile?(account: Account<Settings>, remote: string, stop: AbortSignal): Promise<Uint8Array>;

  /**
   * Sends one item. Calls `fence` once, right before the first byte that can cause a delivery; a rejection of
   * `fence` must stop the sending. Throws `Retry`, `Refused` or `Unknown`; any other throw counts as Unknown once
   * the fence was passed and as Retry before.
   */
  send(account: Account<Settings>, item: OutboundItem, fence: Fence, stop: AbortSignal): Promise<Sent>;

  /** One text as the items that this channel can carry (length limits, files apart), in order. Pure. */
  split(message: OutboundMessage): readonly OutboundMessage[];

  /**
   * Tries the account's settings against the real server, step by step, for the settings page and the doctor. Where
   * `addressOf` is given, it connects to that address of a host: it was looked at, and the name may mean another by now.
   */
  verify(account: Account<Settings>, stop: AbortSignal, addressOf?: AddressOf): Promise<readonly Check[]>;

  /** Where `verify` connects to, as far as settings say it. Absent where it connects to nothing. */
  places?(settings: Settings): readonly Place[];
}

/**
 * The class of an adapter, as a gateway lists it. `kind` is static too, because jobs are named before anything is
 * built: `static readonly kind = 'telegram'; readonly kind = TelegramAdapter.kind;`.
 */
export interface AdapterClass {
  readonly kind: string;
  new (...dependencies: never[]): ChannelAdapter;
}

export interface Account<Settings = unknown> {
  readonly id: AccountId;
  readonly name: string;
  /** The mailbox's or bot's public address, where known. */
  readonly address: string | undefined;
  readonly settings: Settings;
}

/** What a channel can carry: drives splitting, the composer's preview and the conformance suite. */
export interface Capabilities {
  readonly subject: boolean;
  readonly html: boolean;
  /** UTF-16 units in one item. */
  readonly maxText: number;
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  readonly edits: boolean;
  /** Whether an answer can be sent by this channel at all (a logged call can't be answered by itself). */
  readonly reply: boolean;
  /** Whether the desk may write first, without the requester having written before. */
  readonly initiate: boolean;
}

/** One item as it came: all that is stored before anything else happens. */
export interface RawItem {
  /** Unique per account, the same at every repetition of the item. */
  readonly externalKey: string;
  /** Equal on two accounts of this channel when both received the same item. */
  readonly contentKey?: string;
  /** Items with one order key (chat id) are routed in the order they were put; empty: no order wanted. */
  readonly orderKey?: string;
  /** Where it stood at the source: `{ mailbox, epoch, uid }`, `{ updateId }`. Ids only. */
  readonly source: Readonly<Record<string, string | number>>;
  readonly bytes: Uint8Array;
}

export interface CursorPosition {
  readonly name: string;
  readonly epoch: string;
  /** Largest position that is wholly stored; a decimal string. */
  readonly position: string;
}

/** What a channel may ask of the desk. */
export interface Inbox {
  cursor(name: string): Promise<CursorPosition | undefined>;
  /**
   * Stores the items that are new, skips those that are known and moves the cursor, all in one transaction:
   * once this resolves the items may be acknowledged to the outside, and not before.
   * Gives the number of items that were new.
   */
  put(items: readonly RawItem[], cursor?: CursorPosition): Promise<number>;
  /** Tells the desk how the account does; `undefined` means it works. */
  report(trouble: AccountTrouble | undefined): Promise<void>;
}

/** `code` keys the text in the catalogues (`wrong-password`, `unreachable`, `second-poller`); no secrets in `detail`. */
export interface AccountTrouble {
  readonly code: string;
  readonly detail: string;
}

/** What a pure normalizer may know of the account it works for. */
export interface AccountFacts {
  readonly id: AccountId;
  readonly address: string | undefined;
  /** All own addresses of the desk on this channel, lower case: mail from them is a loop. */
  readonly ownAddresses: readonly string[];
}

/**
 * A normalized message with the bytes that belong to it. `message.html` and `attachments[].content` that start
 * with `file:N` stand for `files[N]`; the host stores the bytes and puts the keys in their place.
 */
export interface Normalized {
  readonly message: InboundMessage;
  readonly files: readonly Uint8Array[];
}

/**
 * How a webhook is received, as data: desk-api checks the secret, stores the raw body and answers 200 after the
 * commit; the gateway of the channel normalizes it like everything else. Processes never call each other.
 */
export interface Hook {
  /** Header that carries the secret, lower case. */
  readonly secretHeader: string;
  /** Name of the account's secret setting that it must equal. */
  readonly secretSetting: string;
  /** JSON pointers (RFC 6901): the first that exists gives `externalKey`, or `orderKey`. */
  readonly externalKey: readonly string[];
  readonly orderKey: readonly string[];
}

export interface OutboundItem {
  readonly message: OutboundMessage;
  /** Our id, the same at every attempt (the Message-ID without brackets). */
  readonly externalId: string;
  /** When the row was made: the Date of a mail, the same at every attempt. */
  readonly createdAt: Date;
  /** Bytes of an attachment by content key. */
  file(content: string): Promise<Uint8Array>;
}

/** Resolves when the outbox row is marked as passing the point of no return under our own lease. */
export type Fence = () => Promise<void>;

export interface Sent {
  /** The provider's id of what it accepted: a Message-ID, `chat:message`. */
  readonly providerId: string;
}

/** A server that settings name. */
export interface Place {
  /** First part of the names of its steps: `receive`, `send`. */
  readonly side: string;
  readonly host: string;
  readonly port: number;
  /** Ports that servers of this kind have; outside of one's own network no other is tried. */
  readonly usualPorts?: readonly number[];
}

/** The address to connect to for a host. */
export type AddressOf = (host: string) => string;

/** One step of trying an account. `code` keys the text that says what to do. */
export interface Check {
  readonly step: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly detail?: string;
}
