import { Body, Controller, Get, Headers, Ip, Param, Post, Redirect, Req, Res } from '@nestjs/common';
import { RateLimit, readDevice } from '#libs/access';
import { DeskError } from '#libs/platform';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DeskRequest } from '../access/request.js';
import { Route } from '../access/route.decorator.js';
import { SessionCookies } from '../session/session-cookies.service.js';
import { SignInAnswers } from '../session/sign-in-answers.service.js';
import { signInPath } from './own-path.js';
import { SingleSignOn } from './single-sign-on.service.js';

const keyShape = z.string().max(31);
const leaving = z.strictObject({ back: z.string().max(1000).optional() });
const departureShape = z
  .object({
    /** Where the browser goes next, at the provider. */
    url: z.string(),
  })
  .meta({ id: 'SingleSignOnDeparture' });

/** Signing in at a provider of single sign-on (OpenID Connect). */
@Controller('api/v1/single-sign-on')
export class SingleSignOnController {
  private readonly networks = new RateLimit({ burst: 30, everyMs: 2_000 });

  constructor(
    private readonly singleSignOn: SingleSignOn,
    private readonly answers: SignInAnswers,
    private readonly cookies: SessionCookies,
  ) {}

  @Post(':provider')
  @Route('singleSignOn.leave', {
    summary: 'Begin to sign in at a provider: where to send the browser; it comes back to the address `back` of ours',
    answer: departureShape,
    ownPagesOnly: true,
  })
  async leave(
    @Param('provider', { schema: keyShape }) provider: string,
    @Ip() network: string,
    @Body({ schema: leaving }) { back }: z.output<typeof leaving>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const waitMs = this.networks.waitMs(network, Date.now());
    if (waitMs > 0) {
      throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(waitMs / 1000) });
    }
    this.networks.take(network, Date.now());
    const { url, challenge } = await this.singleSignOn.leave(provider, back);
    this.cookies.setChallenge(reply, 'single_sign_on', challenge);
    return { url };
  }

  /** A page for people: whatever happens, the browser goes on to one of ours. */
  @Get(':provider/callback')
  @Redirect('/', 303)
  @Route('singleSignOn.return', { summary: 'Where a provider sends the browser back to', page: true })
  async return(
    @Param('provider', { schema: keyShape }) provider: string,
    @Headers('user-agent') userAgent: string | undefined,
    @Req() request: DeskRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ url: string }> {
    const token = this.cookies.challenge(request, 'single_sign_on');
    this.cookies.clearChallenge(reply, 'single_sign_on');
    void reply.header('referrer-policy', 'no-referrer');
    try {
      const query = new URL(request.url, 'http://desk.invalid').search;
      const { step, back } = await this.singleSignOn.return(provider, token, query, readDevice(userAgent));
      this.answers.give(reply, step);
      return { url: step.state === 'signed_in' ? back : signInPath({ step: 'second-factor', back }) };
    } catch (refusal) {
      if (refusal instanceof DeskError && refusal.code !== 'not_found') {
        return { url: signInPath({ problem: refusal.code }) };
      }
      throw refusal;
    }
  }
}
