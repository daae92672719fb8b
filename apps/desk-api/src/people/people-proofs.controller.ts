import { Controller, Delete, Param, Post } from '@nestjs/common';
import { PasskeysService, type Principal, ProviderIdentities, SecondFactorService } from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { DeskError } from '#libs/platform';
import { z } from 'zod';
import { Caller } from '../access/caller.decorator.js';
import { Route } from '../access/route.decorator.js';
import { EventStreams } from '../events/event-streams.service.js';
import { dateShape, idShape } from '../pages/shapes.js';
import { LinkSending } from '../password-links/link-sending.service.js';

/** How people prove who they are, as far as an administrator helps. */
@Controller('api/v1/people')
export class PeopleProofsController {
  constructor(
    private readonly factors: SecondFactorService,
    private readonly passkeys: PasskeysService,
    private readonly identities: ProviderIdentities,
    private readonly sending: LinkSending,
    private readonly streams: EventStreams,
  ) {}

  @Post(':id/password-link')
  @Route('people.sendPasswordLink', {
    summary: 'Send a person a link to set their password: an invitation again, or a reset; earlier links end',
    answer: z.object({ expiresAt: dateShape }),
    status: 202,
  })
  async sendPasswordLink(@Param('id', { schema: idShape }) id: PersonId) {
    return this.sending.help(id);
  }

  @Delete(':id/second-factor')
  @Route('people.takeOffSecondFactor', {
    summary: 'Take the second factor off somebody who lost it; ends their sessions',
    status: 204,
  })
  async takeOffSecondFactor(
    @Caller() caller: Principal,
    @Param('id', { schema: idShape }) id: PersonId,
  ): Promise<void> {
    mustBeSomebodyElse(caller, id);
    await this.factors.takeOff(id);
    await this.streams.recheck();
  }

  @Delete(':id/passkeys')
  @Route('people.removePasskeys', {
    summary: 'Take all passkeys off somebody who lost their devices; ends their sessions',
    status: 204,
  })
  async removePasskeys(@Caller() caller: Principal, @Param('id', { schema: idShape }) id: PersonId): Promise<void> {
    mustBeSomebodyElse(caller, id);
    await this.passkeys.removeAll(id);
    await this.streams.recheck();
  }

  @Delete(':id/providers')
  @Route('people.unlinkProviders', {
    summary: 'End the links of a person with providers of single sign-on; ends their sessions',
    status: 204,
  })
  async unlinkProviders(@Caller() caller: Principal, @Param('id', { schema: idShape }) id: PersonId): Promise<void> {
    mustBeSomebodyElse(caller, id);
    await this.identities.unlink(id);
    await this.streams.recheck();
  }
}

/** One's own proofs are given up by showing them, or an open session would be enough to take them away. */
function mustBeSomebodyElse(caller: Principal, id: PersonId): void {
  if (caller.type === 'person' && caller.id === id) throw new DeskError('forbidden', 'refusal.notYourself');
}
