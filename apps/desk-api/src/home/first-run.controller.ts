import { Body, Controller, Get, Header, Headers, Ip, Post } from '@nestjs/common';
import { AccessService, RateLimit } from '#libs/access';
import { DeskError, localeOf } from '#libs/platform';
import { z } from 'zod';
import { Route } from '../access/route.decorator.js';
import { firstRunPage } from './first-run-page.js';

const redemption = z.strictObject({
  token: z.string().min(1).max(200),
  email: z.email().max(320),
  name: z.string().trim().min(1).max(200),
  password: z.string().max(1024),
});

/** How the first administrator comes in, by the link that the start printed. */
@Controller('first-run')
export class FirstRunController {
  private readonly networks = new RateLimit({ burst: 10, everyMs: 10_000 });

  constructor(private readonly access: AccessService) {}

  @Get()
  @Route('firstRun.open', { summary: 'The page of the first-run link', page: true })
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('referrer-policy', 'no-referrer')
  open(@Headers('accept-language') language: string | undefined): string {
    return firstRunPage(localeOf(language));
  }

  @Post()
  @Route('firstRun.redeem', {
    summary: 'Make the first administrator; the link works once',
    answer: z.object({ email: z.string() }),
  })
  async redeem(
    @Ip() network: string,
    @Body({ schema: redemption }) { token, ...administrator }: z.output<typeof redemption>,
  ): Promise<{ email: string }> {
    if (this.networks.waitMs(network, Date.now()) > 0) throw new DeskError('too_many_requests');
    this.networks.take(network, Date.now());
    const { email } = await this.access.redeemFirstRun(token, administrator);
    return { email };
  }
}
