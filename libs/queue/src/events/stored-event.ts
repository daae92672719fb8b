import type { EventType, QueueId, TicketId } from '#libs/contracts';

/** An event as it stands in the stream. `id` is the position to resume from; ids need not rise from one to the next. */
export interface StoredEvent {
  readonly id: string;
  readonly at: Date;
  readonly type: EventType;
  readonly ticketId: TicketId | null;
  readonly queueId: QueueId | null;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
}
