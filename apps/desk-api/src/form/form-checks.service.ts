import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { DeskError, PlatformConfig } from '#libs/platform';
import { TicketPlaces } from '../tickets/ticket-places.service.js';
import { phoneOf, type StoredRequest } from './form-request.js';
import type { FormUser } from './form-token.js';
import { OwnTickets } from './own-tickets.service.js';

/** What a request must be beyond its schema before it is kept. */
@Injectable()
export class FormChecks {
  constructor(
    private readonly own: OwnTickets,
    private readonly places: TicketPlaces,
    private readonly config: PlatformConfig,
  ) {}

  async check(fields: StoredRequest['fields'], user: FormUser | undefined): Promise<void> {
    this.mustBeAnswerable(fields, user);
    await this.places.mustExist({ kind: fields.kind });
    if (!fields.requestId) return;
    if (!user) throw new DeskError('bad_token', 'refusal.addedNeedsToken');
    await this.mustOwn(user, fields.requestId);
  }

  /** A number that is none would be lost without a word, and often it is a slip of the finger. */
  private mustBeAnswerable(fields: StoredRequest['fields'], user: FormUser | undefined): void {
    if (!user && !fields.email && !fields.phone) {
      throw new DeskError('invalid_input', undefined, [{ path: 'email', message: 'fault.emailOrPhone' }]);
    }
    if (fields.phone && !phoneOf(fields, this.config.PHONE_REGION)) {
      throw new DeskError('invalid_input', undefined, [{ path: 'phone', message: 'fault.phone' }]);
    }
  }

  private async mustOwn(user: FormUser, id: TicketId): Promise<void> {
    if (!(await this.own.get(user, id))) throw new DeskError('not_found', 'refusal.noOwnRequest');
  }
}
