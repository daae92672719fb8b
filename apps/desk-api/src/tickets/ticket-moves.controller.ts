import { Body, Controller, Param, Post } from '@nestjs/common';
import type { PersonPrincipal, Principal } from '#libs/access';
import type { TicketId } from '#libs/contracts';
import { RegroupService, WorkService } from '#libs/routing';
import type { z } from 'zod';
import { Caller, CallingPerson } from '../access/caller.decorator.js';
import { Route, type RouteOptions } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { TicketPlaces } from './ticket-places.service.js';
import { assignBody, closeBody, mergeBody, noBody, splitBody, ticketCardShape } from './ticket-shapes.js';
import { TicketViews } from './ticket-views.service.js';

const move = (summary: string, status = 200): RouteOptions => ({
  summary,
  status,
  answer: ticketCardShape,
  ifMatch: 'optional',
});

/** What is done with a ticket as a whole; each answers the ticket as it is then. */
@Controller('api/v1/tickets/:id')
export class TicketMovesController {
  constructor(
    private readonly work: WorkService,
    private readonly regroup: RegroupService,
    private readonly views: TicketViews,
    private readonly places: TicketPlaces,
  ) {}

  @Post('claim')
  @Route('tickets.claim', move('Take a ticket that nobody has'))
  async claim(
    @Param('id', { schema: idShape }) id: TicketId,
    @CallingPerson() person: PersonPrincipal,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    return this.views.card(await this.work.claim(id, person, { versions }));
  }

  @Post('assign')
  @Route('tickets.assign', move('Give a ticket to a specialist'))
  async assign(
    @Param('id', { schema: idShape }) id: TicketId,
    @Body({ schema: assignBody }) { specialistId, force }: z.output<typeof assignBody>,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
  ) {
    await this.places.mustExist({ specialistId });
    return this.views.card(await this.work.assign(id, specialistId, force, caller, { versions }));
  }

  @Post('release')
  @Route('tickets.release', move('Give a ticket back to its queue'))
  async release(
    @Param('id', { schema: idShape }) id: TicketId,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    return this.views.card(await this.work.release(id, caller, { versions }));
  }

  @Post('close')
  @Route('tickets.close', move('Close a ticket, saying what was done'))
  async close(
    @Param('id', { schema: idShape }) id: TicketId,
    @Body({ schema: closeBody.optional() }) body: z.output<typeof closeBody> | undefined,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
  ) {
    return this.views.card(await this.work.close(id, body?.outcome ?? null, caller, { versions }));
  }

  @Post('reopen')
  @Route('tickets.reopen', move('Put a ticket back into its queue'))
  async reopen(
    @Param('id', { schema: idShape }) id: TicketId,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    return this.views.card(await this.work.reopen(id, caller, { versions }));
  }

  @Post('merge')
  @Route('tickets.merge', move('Move everything to another ticket; answers that ticket'))
  async merge(
    @Param('id', { schema: idShape }) id: TicketId,
    @Body({ schema: mergeBody }) { into, force }: z.output<typeof mergeBody>,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
  ) {
    return this.views.card(await this.regroup.merge(id, into, force, caller, { versions }));
  }

  @Post('split')
  @Route('tickets.split', move('Make a ticket of its own of a message; answers the new ticket', 201))
  async split(
    @Param('id', { schema: idShape }) id: TicketId,
    @Body({ schema: splitBody }) { messageId, follow }: z.output<typeof splitBody>,
    @Caller() caller: Principal,
    @IfMatch() versions: SeenVersions,
  ) {
    return this.views.card(await this.regroup.split(id, messageId, follow, caller, { versions }));
  }
}
