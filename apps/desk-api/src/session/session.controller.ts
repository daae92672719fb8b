import { Body, Controller, Delete, Get, Headers, Ip, Post, Req, Res } from '@nestjs/common';
import { type PersonPrincipal, readDevice, SessionsService, SignInService } from '#libs/access';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import type { DeskRequest } from '../access/request.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { SessionCookies } from './session-cookies.service.js';
import {
  personOf,
  secondFactorProof,
  signedInPersonShape,
  signedInShape,
  totpRequiredShape,
} from './sign-in-shapes.js';
import { SignInAnswers } from './sign-in-answers.service.js';

const credentials = z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1024) });

/** Signing in, out, and who is signed in. */
@Controller('api/v1/session')
export class SessionController {
  constructor(
    private readonly signIn: SignInService,
    private readonly answers: SignInAnswers,
    private readonly sessions: SessionsService,
    private readonly cookies: SessionCookies,
    private readonly streams: EventStreams,
  ) {}

  @Post()
  @Route('session.create', {
    summary: 'Sign in by e-mail and password; sets the session cookie, or asks for the second factor (202)',
    answer: signedInShape,
    alsoAnswers: { 202: totpRequiredShape },
    ownPagesOnly: true,
  })
  async create(
    @Body({ schema: credentials }) { email, password }: z.output<typeof credentials>,
    @Ip() network: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answers.give(
      reply,
      await this.signIn.byPassword(email, password, { network, device: readDevice(userAgent) }),
    );
  }

  @Post('second-factor')
  @Route('session.prove', {
    summary: 'The second step of signing in: a code of the authenticator program or a recovery code',
    answer: signedInShape,
    ownPagesOnly: true,
  })
  async prove(
    @Body({ schema: secondFactorProof }) proof: z.output<typeof secondFactorProof>,
    @Headers('user-agent') userAgent: string | undefined,
    @Req() request: DeskRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const token = this.cookies.challenge(request, 'second_factor');
    const signedIn = await this.signIn.bySecondFactor(token, proof, readDevice(userAgent));
    this.cookies.clearChallenge(reply, 'second_factor');
    return this.answers.give(reply, { state: 'signed_in', signedIn });
  }

  @Get()
  @Route('session.get', { summary: 'Who is signed in', answer: signedInPersonShape })
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
