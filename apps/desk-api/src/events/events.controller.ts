import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { Principal } from '#libs/access';
import { isId } from '#libs/contracts';
import { DeskError } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from './event-streams.service.js';

const position = z.string().refine((value) => value === '0' || isId(value), 'fault.eventId');
const followQuery = z.strictObject({ after: position.optional() });

/** What happens at the desk, as it happens. */
@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @Get()
  @ApiProduces('text/event-stream')
  @Route('events.follow', {
    summary:
      'Follow the desk by Server-Sent Events; resume by Last-Event-ID or ?after=. Events carry ids, never contents',
    answer: z.string(),
    headers: ['Last-Event-ID'],
  })
  async follow(
    @Caller() caller: Principal,
    @Query({ schema: followQuery }) { after }: z.output<typeof followQuery>,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const from = lastEventId === undefined || lastEventId === '' ? after : lastEventId;
    if (from !== undefined && !position.safeParse(from).success) {
      throw new DeskError('invalid_input', undefined, [{ path: 'Last-Event-ID', message: 'fault.eventId' }]);
    }
    this.streams.mustHaveRoom(caller);
    reply.hijack();
    const wire = reply.raw;
    wire.writeHead(200, {
      ...plainHeaders(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      // The connection ends with the stream, so that a process that stops waits for nobody.
      connection: 'close',
      'x-accel-buffering': 'no',
    });
    wire.flushHeaders();
    const opening = this.streams.open(caller, wire, from);
    wire.once(
      'close',
      () =>
        void opening.then(
          (follower) => this.streams.leave(follower),
          () => undefined,
        ),
    );
    await opening.catch(() => wire.destroy());
  }
}

/** Headers that hooks set on the reply before it was taken out of Fastify's hands. */
const plainHeaders = (reply: FastifyReply): Record<string, string> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]));
