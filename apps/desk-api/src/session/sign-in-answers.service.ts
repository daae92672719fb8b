import { Injectable } from '@nestjs/common';
import type { SignInStep } from '#libs/access';
import type { FastifyReply } from 'fastify';
import { SessionCookies } from './session-cookies.service.js';
import { personOf } from './sign-in-shapes.js';

/** What every way of signing in answers: the cookie and the person, or what is asked next. */
@Injectable()
export class SignInAnswers {
  constructor(private readonly cookies: SessionCookies) {}

  give(reply: FastifyReply, step: SignInStep) {
    if (step.state === 'signed_in') {
      this.cookies.set(reply, step.signedIn);
      return { state: step.state, ...personOf(step.signedIn.principal) };
    }
    this.cookies.setChallenge(reply, 'second_factor', step.challenge);
    void reply.status(202);
    return { state: step.state, expiresAt: step.challenge.expiresAt };
  }
}
