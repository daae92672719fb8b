import { Body, Controller, Headers, Ip, Post, Req, Res } from '@nestjs/common';
import { RateLimit, readDevice, SignInService } from '#libs/access';
import { DeskError } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DeskRequest } from '../access/request.js';
import { Route } from '../access/route.decorator.js';
import { SessionCookies } from '../session/session-cookies.service.js';
import { SignInAnswers } from '../session/sign-in-answers.service.js';
import { signedInShape } from '../session/sign-in-shapes.js';
import { PasskeyCeremonies } from './passkey-ceremonies.service.js';
import { assertion, optionsShape } from './passkey-shapes.js';

const nothing = z.strictObject({}).optional();
const showing = z.strictObject({ credential: assertion });

/** Signing in by a passkey, without an address and without a password. */
@Controller('api/v1/session/passkey')
export class PasskeySessionController {
  /** A page asks when it opens, so that the browser can offer a passkey in the field: often, from one office. */
  private readonly networks = new RateLimit({ burst: 60, everyMs: 1_000 });

  constructor(
    private readonly ceremonies: PasskeyCeremonies,
    private readonly signIn: SignInService,
    private readonly answers: SignInAnswers,
    private readonly cookies: SessionCookies,
  ) {}

  @Post('options')
  @Route('session.passkeyOptions', {
    summary: 'Begin to sign in by a passkey: what `navigator.credentials.get` is given',
    answer: optionsShape,
    status: 200,
    ownPagesOnly: true,
  })
  async begin(
    @Ip() network: string,
    @Body({ schema: nothing }) _nothing: z.output<typeof nothing>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.take(network);
    const { options, challenge } = await this.ceremonies.askToSignIn();
    this.cookies.setChallenge(reply, 'passkey', challenge);
    return options;
  }

  @Post()
  @Route('session.passkey', { summary: 'Sign in by a passkey', answer: signedInShape, ownPagesOnly: true })
  async create(
    @Ip() network: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Body({ schema: showing }) { credential }: z.output<typeof showing>,
    @Req() request: DeskRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.take(network);
    const token = this.cookies.challenge(request, 'passkey');
    this.cookies.clearChallenge(reply, 'passkey');
    const personId = await this.ceremonies.recognise(token, credential);
    return this.answers.give(reply, await this.signIn.byPasskey(personId, readDevice(userAgent)));
  }

  private take(network: string): void {
    const waitMs = this.networks.waitMs(network, Date.now());
    if (waitMs > 0) {
      throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(waitMs / 1000) });
    }
    this.networks.take(network, Date.now());
  }
}
