import { Body, Controller, Headers, Ip, Post, Res } from '@nestjs/common';
import { OwnPassword, PasswordProof, type PersonPrincipal, readDevice } from '#libs/access';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CallingPerson } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { SignInAnswers } from './sign-in-answers.service.js';
import { signedInShape } from './sign-in-shapes.js';

const change = z.strictObject({ current: z.string().min(1).max(1024), password: z.string().min(1).max(1024) });

/** The caller's own password. */
@Controller('api/v1/me/password')
export class MyPasswordController {
  constructor(
    private readonly proof: PasswordProof,
    private readonly password: OwnPassword,
    private readonly answers: SignInAnswers,
    private readonly streams: EventStreams,
  ) {}

  @Post()
  @Route('myPassword.change', {
    summary: 'Change the password of the caller; ends all sessions and opens a new one in the place of this',
    answer: signedInShape,
    status: 200,
    idempotent: false,
  })
  async change(
    @CallingPerson() person: PersonPrincipal,
    @Ip() network: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Body({ schema: change }) body: z.output<typeof change>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.proof.confirm(person, body.current, network);
    const signedIn = await this.password.change(person, body.password, readDevice(userAgent));
    await this.streams.recheck();
    return this.answers.give(reply, { state: 'signed_in', signedIn });
  }
}
