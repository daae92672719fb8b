import type { AccountFacts, Normalized, RawItem } from '../../channel-adapter.js';

/** One item for the parser. */
export interface ParserTask {
  readonly raw: RawItem;
  readonly facts: AccountFacts;
}

/** How reading an item ended. `died`: it killed its reader, or took too long. */
export type ParserOutcome =
  | { readonly is: 'read'; readonly normalized: Normalized }
  | { readonly is: 'refused'; readonly code: string }
  | { readonly is: 'unreadable'; readonly reason: string }
  | { readonly is: 'died' };

/** Parent to child. */
export interface TaskMessage extends ParserTask {
  readonly n: number;
}

/** Child to parent: `ready` once, then one answer for every task, in order. */
export type ChildMessage = { readonly is: 'ready' } | { readonly n: number; readonly outcome: ParserOutcome };
