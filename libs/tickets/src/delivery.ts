import type { DeliveryState } from '#libs/contracts';

/** How the sending of a message stands; for the several items of a long message, as one. */
export interface Delivery {
  readonly state: DeliveryState;
  readonly channel: string;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  /** When the next attempt is due, while it waits. */
  readonly nextAt: Date | null;
  readonly sentAt: Date | null;
}

/** Worst first: what a person must look at hides what went well. */
const worstFirst: readonly DeliveryState[] = ['failed', 'unknown', 'sending', 'verifying', 'queued', 'sent'];

/** The delivery of a message from the deliveries of its parts; undefined where nothing was to be sent. */
export function wholeDelivery(parts: readonly Delivery[]): Delivery | undefined {
  return [...parts].sort((one, other) => worstFirst.indexOf(one.state) - worstFirst.indexOf(other.state))[0];
}
