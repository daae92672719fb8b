import { Controller, Delete, Get, Param, Res } from '@nestjs/common';
import { browserNames, type PersonPrincipal, SessionsService, systemNames } from '#libs/access';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { pageShape } from '../pages/cursor.js';
import { dateShape, idShape } from '../pages/shapes.js';
import { deviceWords } from './device-words.js';
import { SessionCookies } from './session-cookies.service.js';

const sessionShape = z
  .object({
    id: idShape,
    /** In the language of its owner: `Firefox on Windows`. */
    device: z.string(),
    browser: z.enum(browserNames).nullable(),
    system: z.enum(systemNames).nullable(),
    createdAt: dateShape,
    lastSeenAt: dateShape,
    /** The session that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'OwnSession' });

/** Where the caller is signed in. */
@Controller('api/v1/me/sessions')
export class MySessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
    private readonly streams: EventStreams,
  ) {}

  @Get()
  @Route('mySessions.list', { summary: 'Where the caller is signed in', answer: pageShape(sessionShape) })
  async list(@CallingPerson() person: PersonPrincipal) {
    const found = await this.sessions.ofPerson(person);
    const items = found.map(({ hash, ...session }) => ({
      ...session,
      device: deviceWords(session, person.locale),
      current: hash.toString('hex') === person.session,
    }));
    return { items, next: null };
  }

  @Delete()
  @Route('mySessions.endOthers', { summary: 'Sign the caller out everywhere else', status: 204 })
  async endOthers(@CallingPerson() person: PersonPrincipal): Promise<void> {
    for (const session of await this.sessions.endOthers(person)) this.streams.closeSession(session);
  }

  @Delete(':id')
  @Route('mySessions.end', { summary: 'End one session of the caller', status: 204 })
  async end(
    @CallingPerson() person: PersonPrincipal,
    @Param('id', { schema: idShape }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const ended = await this.sessions.endOwn(person, id);
    this.streams.closeSession(ended);
    if (ended === person.session) this.cookies.clear(reply);
  }
}
