import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PeopleRepository, type Person } from '../people.repository.js';
import { type SecondFactorProof, SecondFactorService } from '../second-factor/second-factor.service.js';
import type { Device } from '../sessions/device.js';
import { SessionsService, type SignedIn } from '../sessions/sessions.service.js';
import { ChallengesService, type OpenChallenge } from './challenges.service.js';
import { PasswordProof } from './password-proof.service.js';

/** Where an attempt to sign in comes from. */
export interface Visitor {
  readonly network: string;
  readonly device: Device;
}

/** In, or asked for the second factor first. */
export type SignInStep =
  | { readonly state: 'signed_in'; readonly signedIn: SignedIn }
  | { readonly state: 'totp_required'; readonly challenge: OpenChallenge };

/** The steps of signing in. */
@Injectable()
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly passwords: PasswordProof,
    private readonly factors: SecondFactorService,
    private readonly challenges: ChallengesService,
    private readonly sessions: SessionsService,
  ) {}

  /** One answer for an unknown address, a wrong password and a disabled person. */
  async byPassword(email: string, password: string, { network, device }: Visitor): Promise<SignInStep> {
    const person = await this.passwords.find(email, password, network);
    if (!person) throw new DeskError('wrong_credentials');
    return this.next(person, device);
  }

  /** The second step, for the browser that holds the token of the first. */
  async bySecondFactor(token: string, proof: SecondFactorProof, device: Device): Promise<SignedIn> {
    const asked = await this.challenges.attempt('second-factor', token);
    if (!asked?.personId) throw new DeskError('sign_in_over');
    await this.factors.prove(asked.personId, proof);
    // Used up only now: a mistyped code must not cost the first step. Whoever comes second finds it gone.
    if (!(await this.challenges.take('second-factor', token))) throw new DeskError('sign_in_over');
    const person = await this.people.get(this.database.db, asked.personId);
    if (!person || person.disabledAt) throw new DeskError('sign_in_over');
    return this.sessions.start(person, device);
  }

  /** Somebody who showed a passkey and was recognised by it: two factors in one, so that no code is asked for. */
  async byPasskey(personId: PersonId, device: Device): Promise<SignInStep> {
    const person = await this.people.get(this.database.db, personId);
    if (!person || person.disabledAt) throw new DeskError('passkey_refused');
    return { state: 'signed_in', signedIn: await this.sessions.start(person, device) };
  }

  /** Somebody whom a provider of single sign-on vouches for; our second factor is asked for where it asked for none. */
  async byProvider(person: Person, strong: boolean, device: Device): Promise<SignInStep> {
    return strong
      ? { state: 'signed_in', signedIn: await this.sessions.start(person, device) }
      : this.next(person, device);
  }

  private async next(person: Person, device: Device): Promise<SignInStep> {
    if (await this.factors.isOn(person.id)) {
      return { state: 'totp_required', challenge: await this.challenges.open('second-factor', person.id) };
    }
    return { state: 'signed_in', signedIn: await this.sessions.start(person, device) };
  }
}
