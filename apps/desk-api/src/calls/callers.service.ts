import { Injectable } from '@nestjs/common';
import type { TicketId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError, PlatformConfig } from '#libs/platform';
import { MovesService, readPhoneNumber, type PhoneNumber } from '#libs/tickets';
import { TicketViews } from '../tickets/ticket-views.service.js';
import { CallerRecords } from './caller-records.service.js';

type ReadNumber = Exclude<PhoneNumber, { kind: 'invalid' }>;

/** Who is at the other end of a telephone. */
@Injectable()
export class CallersService {
  constructor(
    private readonly database: Database,
    private readonly config: PlatformConfig,
    private readonly callers: CallerRecords,
    private readonly moves: MovesService,
    private readonly views: TicketViews,
  ) {}

  /** The number behind what was typed, by the region of the desk; refuses what is none. */
  read(phone: string): ReadNumber {
    const number = readPhoneNumber(phone, this.config.PHONE_REGION);
    if (number.kind !== 'invalid') return number;
    throw new DeskError('invalid_phone', undefined, [{ path: 'phone', message: 'fault.phone' }]);
  }

  async ticket(id: TicketId) {
    return this.views.card(await this.moves.read(this.database.db, id));
  }

  /** Everybody who is known to use the number, with their tickets that are not done. */
  async lookUp(given: string) {
    const number = this.read(given);
    const phone = number.kind === 'anonymous' ? null : number.phone;
    const extension = number.kind === 'public' ? (number.extension ?? null) : null;
    const people = phone ? await this.callers.of(phone) : [];
    const requesters = await Promise.all(
      people.map(async ({ id, name, tickets }) => ({ id, name, tickets: await this.views.list(tickets) })),
    );
    return { number: { kind: number.kind, phone, extension }, requesters };
  }
}
