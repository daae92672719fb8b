import { Body, Controller, Delete, Get, Headers, Ip, Post, Res } from '@nestjs/common';
import { type PersonPrincipal, readDevice, roles, SessionsService, type SignedIn } from '#libs/access';
import { locales } from '#libs/contracts';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { idShape } from '../pages/shapes.js';
import { SessionCookies } from './session-cookies.service.js';

const credentials = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

const sessionShape = z
  .object({
    id: idShape,
    email: z.string(),
    name: z.string(),
    role: z.enum(roles),
    locale: z.enum(locales),
  })
  .meta({ id: 'SignedInPerson' });

/** What a person is told about themselves. */
const personOf = ({ id, email, name, role, locale }: PersonPrincipal) => ({ id, email, name, role, locale });

/** Signing in, out, and who is signed in. */
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
    private readonly streams: EventStreams,
  ) {}

  @Post()
  @Route('session.create', { summary: 'Sign in by e-mail and password; sets the session cookie', answer: sessionShape })
  async create(
    @Body({ schema: credentials }) { email, password }: z.output<typeof credentials>,
    @Ip() network: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const signedIn: SignedIn = await this.sessions.signIn(email, password, network, readDevice(userAgent));
    this.cookies.set(reply, signedIn);
    return personOf(signedIn.principal);
  }

  @Get()
  @Route('session.get', { summary: 'Who is signed in', answer: sessionShape })
  get(@CallingPerson() person: PersonPrincipal) {
    return personOf(person);
  }

  @Delete()
  @Route('session.end', { summary: 'Sign out', status: 204 })
  async end(@CallingPerson() person: PersonPrincipal, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.signOut(person);
    this.streams.closeSession(person.session);
    this.cookies.clear(reply);
  }
}
