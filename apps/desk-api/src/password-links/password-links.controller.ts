import { setTimeout as pause } from 'node:timers/promises';
import { Body, Controller, Ip, Post } from '@nestjs/common';
import { PasswordLinks, RateLimit } from '#libs/access';
import { DeskError } from '#libs/platform';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { dateShape } from '../pages/shapes.js';
import { LinkSending } from './link-sending.service.js';

const token = z.string().min(1).max(200);
const asking = z.strictObject({ token });
const redemption = z.strictObject({ token, password: z.string().min(1).max(1024) });
const reset = z.strictObject({ email: z.string().min(1).max(320) });

const linkShape = z
  .object({
    purpose: z.enum(['invitation', 'password-reset']),
    email: z.string(),
    name: z.string(),
    expiresAt: dateShape,
  })
  .meta({ id: 'PasswordLink' });
const askedShape = z
  .object({
    /** The same for every address. */
    state: z.literal('asked'),
  })
  .meta({ id: 'PasswordResetAsked' });

/** Longer than the work for an address that somebody has, so that the time of an answer tells nothing. */
const askedMs = 400;

/** How people come in by a link that they were sent. The token is in the body, never in an address. */
@Controller('api/v1')
export class PasswordLinksController {
  private readonly networks = new RateLimit({ burst: 10, everyMs: 10_000 });

  constructor(
    private readonly links: PasswordLinks,
    private readonly sending: LinkSending,
    private readonly streams: EventStreams,
  ) {}

  @Post('password-resets')
  @Route('passwordResets.create', {
    summary: 'Ask for a mail with a link to a new password; answers the same for every address',
    answer: askedShape,
    status: 202,
    ownPagesOnly: true,
  })
  async ask(@Ip() network: string, @Body({ schema: reset }) { email }: z.output<typeof reset>) {
    this.take(network);
    await Promise.all([this.sending.askReset(email), pause(askedMs)]);
    return { state: 'asked' } as const;
  }

  @Post('password-links/lookup')
  @Route('passwordLinks.look', {
    summary: 'Whose password a link sets; uses nothing up',
    answer: linkShape,
    status: 200,
    ownPagesOnly: true,
  })
  async look(@Ip() network: string, @Body({ schema: asking }) body: z.output<typeof asking>) {
    this.take(network);
    const { personId: _, ...link } = await this.links.look(body.token);
    return link;
  }

  @Post('password-links/redemption')
  @Route('passwordLinks.redeem', {
    summary: 'Set the password by a link, which works once; ends all sessions of the person',
    answer: z.object({ email: z.string() }),
    status: 200,
    ownPagesOnly: true,
  })
  async redeem(@Ip() network: string, @Body({ schema: redemption }) body: z.output<typeof redemption>) {
    this.take(network);
    const { email } = await this.links.redeem(body.token, body.password);
    await this.streams.recheck();
    return { email };
  }

  private take(network: string): void {
    const waitMs = this.networks.waitMs(network, Date.now());
    if (waitMs > 0) {
      throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(waitMs / 1000) });
    }
    this.networks.take(network, Date.now());
  }
}
