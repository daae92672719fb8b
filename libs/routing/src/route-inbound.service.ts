import { Injectable } from '@nestjs/common';
import type { InboxId, MessageId, TicketId } from '#libs/contracts';

/** Where an inbound row ended. */
export interface Routed {
  readonly inboxId: InboxId;
  readonly fate: string;
  readonly ticketId?: TicketId;
  readonly messageId?: MessageId;
}

/** The whole inbound job. */
@Injectable()
export class RouteInbound {
  /** Routes those of the rows that are ready; the others (done, or in another router's hands) are not in the answer. */
  async route(_ids: readonly InboxId[]): Promise<readonly Routed[]> {
    return [];
  }
}
