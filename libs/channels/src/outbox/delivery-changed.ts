import type { DeliveryState, DeskEvent, MessageId, OutboxId, TicketId } from '#libs/contracts';

export interface ChangedDelivery {
  readonly id: OutboxId;
  readonly ticketId: TicketId | null;
  readonly messageId: MessageId | null;
  readonly state: DeliveryState;
}

/** The event that tells people how an outbox row stands now. */
export const deliveryChanged = ({ id, ticketId, messageId, state }: ChangedDelivery): DeskEvent => ({
  type: 'delivery.changed',
  ...(ticketId && { ticketId }),
  data: { outboxId: id, messageId, state },
});
