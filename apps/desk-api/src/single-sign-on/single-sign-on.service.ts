import { Injectable, Logger } from '@nestjs/common';
import {
  ChallengesService,
  type Device,
  newcomerRule,
  type OpenChallenge,
  ProviderIdentities,
  type ProviderSettings,
  SignInService,
  type SignInStep,
} from '#libs/access';
import { DeskError } from '#libs/platform';
import { z } from 'zod';
import { ownPath } from './own-path.js';
import { Providers, type Vouched } from './providers.client.js';

const remembered = z.object({
  provider: z.string(),
  back: z.string(),
  errand: z.object({ state: z.string(), nonce: z.string(), verifier: z.string() }),
});

export interface Departure {
  readonly url: string;
  readonly challenge: OpenChallenge;
}

/** Going to a provider of single sign-on, and coming back. */
@Injectable()
export class SingleSignOn {
  private readonly log = new Logger(SingleSignOn.name);

  constructor(
    private readonly providers: Providers,
    private readonly challenges: ChallengesService,
    private readonly identities: ProviderIdentities,
    private readonly signIn: SignInService,
  ) {}

  async leave(key: string, back: string | undefined): Promise<Departure> {
    const provider = this.providers.get(key);
    const { url, errand } = await this.providers.leave(provider);
    const facts = { provider: key, back: ownPath(back), errand };
    return { url, challenge: await this.challenges.open('single-sign-on', null, facts) };
  }

  /** The browser that left comes back, once, with the query that the provider gave it. */
  async return(
    key: string,
    token: string,
    query: string,
    device: Device,
  ): Promise<{ readonly step: SignInStep; readonly back: string }> {
    const provider = this.providers.get(key);
    const asked = await this.challenges.take('single-sign-on', token);
    if (!asked) throw new DeskError('sign_in_over');
    const { provider: left, back, errand } = remembered.parse(asked.facts);
    if (left !== key) throw new DeskError('sign_in_over');
    const { claims, strong } = await this.ask(provider, query, errand);
    const person = await this.identities.recognise(claims, newcomerRule(provider, claims.verifiedEmail));
    return { step: await this.signIn.byProvider(person, strong, device), back };
  }

  private async ask(
    provider: ProviderSettings,
    query: string,
    errand: z.output<typeof remembered>['errand'],
  ): Promise<Vouched> {
    try {
      return await this.providers.return(provider, query, errand);
    } catch (fault) {
      if (fault instanceof DeskError) throw fault;
      const { name, code } = fault as { name?: string; code?: string };
      // Neither the message nor the cause: they hold what the provider and the browser sent.
      this.log.warn({ provider: provider.key, fault: name, code }, 'single sign-on was refused');
      throw new DeskError('provider_refused');
    }
  }
}
