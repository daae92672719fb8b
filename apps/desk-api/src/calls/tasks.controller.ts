import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Principal } from '#libs/access';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { CallsRepository } from '#libs/tickets';
import type { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { idShape } from '../pages/shapes.js';
import { noBody } from '../tickets/ticket-shapes.js';
import { doneShape, tasksQuery, tasksShape } from './call-shapes.js';

/** What was promised on calls. */
@Controller('api/v1/tasks')
export class TasksController {
  constructor(
    private readonly database: Database,
    private readonly calls: CallsRepository,
  ) {}

  @Get()
  @Route('tasks.list', { summary: 'Tasks that are not done, the earliest due first', answer: tasksShape })
  async list(@Query({ schema: tasksQuery }) { limit, until }: z.output<typeof tasksQuery>) {
    return { items: await this.calls.tasksDue(this.database.db, limit, until), next: null };
  }

  @Post(':id/done')
  @Route('tasks.done', { summary: 'Mark a task as done', status: 200, answer: doneShape })
  async done(
    @Param('id', { schema: idShape }) id: string,
    @Caller() caller: Principal,
    @Body({ schema: noBody }) _body?: unknown,
  ) {
    const by = caller.type === 'person' ? caller.id : null;
    const task = await this.calls.finishTask(this.database.db, id, by);
    if (!task) throw new DeskError('not_found', 'refusal.noTask');
    return task;
  }
}
