import type { Shape } from '../api/shape.js';

/** What happened, by ids; whoever shows it loads what its reader may see. */
export type DeskEvent = Shape<'DeskEvent'>;

/** `lost`: the desk does not answer, it is tried again and again. `ended`: nobody is signed in. */
export interface LiveStatus {
  readonly state: 'connecting' | 'open' | 'lost' | 'ended';
  /** When this state began, as `Date.now()`. */
  readonly since: number;
}

/** What the stream tells the pages. `resync`: too much was missed to be told one by one; load anew. */
export type LiveMessage =
  | { readonly kind: 'status'; readonly status: LiveStatus }
  | { readonly kind: 'events'; readonly events: readonly DeskEvent[] }
  | { readonly kind: 'resync' };

/** What a page tells the stream. `nudge`: try at once, the network may be back. */
export type LiveCommand = 'follow' | 'nudge' | 'leave';
