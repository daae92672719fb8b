import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { Database } from '#libs/database';
import { type KeptRule, RulesRepository } from '#libs/routing';
import type { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { placesQuery } from '../queues/place-shapes.js';
import { IfMatch } from '../versions/if-match.decorator.js';
import type { SeenVersions } from '../versions/version-tag.js';
import { newRule, ruleChange, ruleOrder, ruleShape, rulesShape } from './rule-shapes.js';
import { RulesAdmin } from './rules-admin.service.js';

const view = ({ id, name, enabled, condition, outcome, archivedAt, version }: KeptRule) => ({
  id,
  name,
  enabled,
  when: condition,
  then: outcome,
  archivedAt,
  version,
});

/** Rules that give new requests their kind, queue and priority. */
@Controller('api/v1/rules')
export class RulesController {
  constructor(
    private readonly database: Database,
    private readonly rules: RulesRepository,
    private readonly admin: RulesAdmin,
  ) {}

  @Get()
  @Route('rules.list', { summary: 'Rules in their order: the first that applies decides', answer: rulesShape })
  async list(@Query({ schema: placesQuery }) { archived }: z.output<typeof placesQuery>) {
    const found = await this.rules.list(this.database.db, archived === 'true');
    return { items: found.map(view), next: null };
  }

  @Post()
  @Route('rules.create', { summary: 'Add a rule after the others', answer: ruleShape })
  async create(@Body({ schema: newRule }) wish: z.output<typeof newRule>) {
    return view(await this.admin.create(wish));
  }

  @Put('order')
  @Route('rules.arrange', { summary: 'Put the rules into an order', answer: rulesShape })
  async arrange(@Body({ schema: ruleOrder }) { ids }: z.output<typeof ruleOrder>) {
    return { items: (await this.admin.arrange(ids)).map(view), next: null };
  }

  @Patch(':id')
  @Route('rules.update', {
    summary: 'Change a rule, switch it on or off, or archive it',
    answer: ruleShape,
    ifMatch: 'required',
  })
  async update(
    @Param('id', { schema: idShape }) id: string,
    @IfMatch() versions: SeenVersions,
    @Body({ schema: ruleChange }) change: z.output<typeof ruleChange>,
  ) {
    return view(await this.admin.change(id, versions, change));
  }
}
