import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import type { PersonPrincipal } from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { presences } from '#libs/specialists';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { dateShape, idShape } from '../pages/shapes.js';
import { StaffService } from './staff.service.js';

const specialistShape = z
  .object({
    id: idShape,
    name: z.string().nullable(),
    presence: z.enum(presences),
    presenceAt: dateShape,
    capacity: z.number().int(),
    openItems: z.number().int(),
    queueIds: z.array(idShape),
  })
  .meta({ id: 'Specialist' });
const presenceBody = z.strictObject({ presence: z.enum(presences) });
const capacityBody = z.strictObject({ capacity: z.number().int().min(0).max(1000) });
const queuesBody = z.strictObject({ queueIds: z.array(idShape).max(500) });

/** Who works tickets, who is there and how much they can take. */
@Controller('api/v1')
export class SpecialistsController {
  constructor(private readonly staff: StaffService) {}

  @Get('specialists')
  @Route('specialists.list', {
    summary: 'Specialists with presence and room',
    answer: z.object({ items: z.array(specialistShape), next: z.null() }),
  })
  async list() {
    return { items: await this.staff.list(), next: null };
  }

  @Put('me/presence')
  @Route('specialists.setOwnPresence', { summary: 'Come on, step away or go off', answer: specialistShape })
  setOwnPresence(
    @CallingPerson() person: PersonPrincipal,
    @Body({ schema: presenceBody }) { presence }: z.output<typeof presenceBody>,
  ) {
    return this.staff.setPresence(person.id, presence);
  }

  @Put('specialists/:id/presence')
  @Route('specialists.setPresence', { summary: 'Set the presence of a specialist', answer: specialistShape })
  setPresence(
    @Param('id', { schema: idShape }) id: PersonId,
    @Body({ schema: presenceBody }) { presence }: z.output<typeof presenceBody>,
  ) {
    return this.staff.setPresence(id, presence);
  }

  @Put('specialists/:id/capacity')
  @Route('specialists.setCapacity', {
    summary: 'Set how many tickets a specialist has at once',
    answer: specialistShape,
  })
  setCapacity(
    @Param('id', { schema: idShape }) id: PersonId,
    @Body({ schema: capacityBody }) { capacity }: z.output<typeof capacityBody>,
  ) {
    return this.staff.declare(id, { capacity });
  }

  @Put('specialists/:id/queues')
  @Route('specialists.setQueues', { summary: 'Set which queues a specialist works', answer: specialistShape })
  setQueues(
    @Param('id', { schema: idShape }) id: PersonId,
    @Body({ schema: queuesBody }) { queueIds }: z.output<typeof queuesBody>,
  ) {
    return this.staff.declare(id, { queueIds });
  }
}
