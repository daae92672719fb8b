import { randomUUID } from 'node:crypto';
import { Body, Controller, Post } from '@nestjs/common';
import type { Principal } from '#libs/access';
import { DeskError } from '#libs/platform';
import { CallLogService } from '#libs/routing';
import type { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import { TicketPlaces } from '../tickets/ticket-places.service.js';
import { ticketCardShape } from '../tickets/ticket-shapes.js';
import { CallersService } from './callers.service.js';
import { callTimeFaults } from './call-times.js';
import { callBody, lookupBody, lookupShape } from './call-shapes.js';

/** The phone log: calls are written down while people talk. */
@Controller('api/v1/calls')
export class CallsController {
  constructor(
    private readonly log: CallLogService,
    private readonly callers: CallersService,
    private readonly places: TicketPlaces,
  ) {}

  @Post()
  @Route('calls.create', {
    summary: 'Log a phone call: a new ticket, or one more entry of a ticket',
    answer: ticketCardShape,
  })
  async create(
    @Body({ schema: callBody }) { phone, startedAt, ...call }: z.output<typeof callBody>,
    @Caller() caller: Principal,
    @IdempotencyKey() key: string | undefined,
  ) {
    const faults = callTimeFaults({ ...call, startedAt }, new Date());
    if (faults.length > 0) throw new DeskError('invalid_input', undefined, faults);
    await this.places.mustExist({ kind: call.kind });
    const taken = await this.log.log(
      {
        ...call,
        number: this.callers.read(phone),
        phoneAsGiven: phone,
        startedAt: startedAt ?? call.endedAt ?? new Date(),
        loggedBy: caller.type === 'person' ? caller.id : undefined,
      },
      `call:${key ?? randomUUID()}`,
    );
    return this.callers.ticket(taken.ticketId);
  }

  /** A number is personal data, so it does not stand in a URL. */
  @Post('lookup')
  @Route('calls.lookup', {
    summary: 'Who calls from this number, and what they may be calling about',
    status: 200,
    answer: lookupShape,
    idempotent: false,
  })
  lookUp(@Body({ schema: lookupBody }) { phone }: z.output<typeof lookupBody>) {
    return this.callers.lookUp(phone);
  }
}
