import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import type { PersonPrincipal, Principal } from '#libs/access';
import { SavedViewsService, mayChangeView, type SavedView, type ViewId } from '#libs/tickets';
import { z } from 'zod';
import { Caller, CallingPerson } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { ViewCounts } from './view-counts.service.js';
import { newView, viewChange, viewCountShape, viewShape } from './view-shapes.js';

/** Lists that have a name: everybody's, and those that people keep for themselves. */
@Controller('api/v1/views')
export class ViewsController {
  constructor(
    private readonly views: SavedViewsService,
    private readonly counts: ViewCounts,
  ) {}

  @Get()
  @Route('views.list', {
    summary: 'Views: those of everybody, then the caller’s own',
    answer: z.object({ items: z.array(viewShape), next: z.null() }),
  })
  async list(@Caller() caller: Principal) {
    return { items: (await this.views.list(caller)).map((view) => shown(view, caller)), next: null };
  }

  @Get('counts')
  @Route('views.counts', {
    summary: 'How many tickets each view has now: exact up to 9,999, with words up to 999',
    answer: z.object({ items: z.array(viewCountShape), next: z.null() }),
  })
  async count(@Caller() caller: Principal) {
    return { items: await this.counts.of(caller), next: null };
  }

  @Post()
  @Route('views.create', { summary: 'Keep a view; for everybody by supervisors and administrators', answer: viewShape })
  async create(
    @CallingPerson() person: PersonPrincipal,
    @Body({ schema: newView }) { shared, ...wish }: z.output<typeof newView>,
  ) {
    return shown(await this.views.add(wish, shared, person), person);
  }

  @Patch(':id')
  @Route('views.update', { summary: 'Change a view', answer: viewShape, ifMatch: 'required' })
  async update(
    @Param('id', { schema: idShape }) id: ViewId,
    @CallingPerson() person: PersonPrincipal,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: viewChange }) change: z.output<typeof viewChange>,
  ) {
    return shown(await this.views.change(id, change, person, versions), person);
  }

  @Delete(':id')
  @Route('views.remove', { summary: 'Keep a view no longer', status: 204, ifMatch: 'optional' })
  async remove(
    @Param('id', { schema: idShape }) id: ViewId,
    @CallingPerson() person: PersonPrincipal,
    @IfMatch() versions: SeenVersions,
  ): Promise<void> {
    await this.views.remove(id, person, versions);
  }
}

const shown = ({ ownerId, ...view }: SavedView, caller: Principal) => ({
  ...view,
  shared: ownerId === null,
  mayChange: mayChangeView({ ownerId }, caller),
});
