import { Body, Controller, Param, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { DeskError } from '#libs/platform';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { HooksService } from './hooks.service.js';

const name = z.string().min(1).max(100);

/** Where providers deliver: `POST /hooks/telegram/support-bot`. 200 means kept for good; on anything else they repeat. */
@Controller('hooks')
export class HooksController {
  constructor(private readonly hooks: HooksService) {}

  @Post(':channel/:account')
  @Route('hooks.receive', {
    summary: 'A provider delivers an update; proven by the secret of the account',
    status: 200,
    body: z.looseObject({}),
    answer: z.object({ ok: z.literal(true) }),
  })
  async receive(
    @Param('channel', { schema: name }) channel: string,
    @Param('account', { schema: name }) account: string,
    @Body() body: unknown,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<{ ok: true }> {
    const bytes = request.rawBody;
    if (!bytes || typeof body !== 'object' || body === null)
      throw new DeskError('malformed_body', 'refusal.sendObject');
    await this.hooks.receive({ channel, account, header: (header) => request.headers[header], bytes, body });
    return { ok: true };
  }
}
