import { Injectable, Logger } from '@nestjs/common';
import {
  ChallengesService,
  type OpenChallenge,
  type Passkey,
  PasskeysRepository,
  PasskeysService,
  type PersonPrincipal,
} from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError, PlatformConfig, Secrets } from '#libs/platform';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { assertion, registration } from './passkey-shapes.js';
import { relyingParty, type RelyingParty } from './relying-party.js';

/** EdDSA, ES256, RS256: what authenticators of today have. */
const algorithms = [-8, -7, -257];

const timeoutMs = 300_000;

const remembered = z.object({ challenge: z.string() });

/** What is asked of the browser, with the token that its cookie brings back together with the answer. */
export interface Ceremony {
  readonly options: Readonly<Record<string, unknown>>;
  readonly challenge: OpenChallenge;
}

/** The two ceremonies of WebAuthn: a passkey is made, a passkey is shown. Every challenge is used up by its answer. */
@Injectable()
export class PasskeyCeremonies {
  private readonly log = new Logger(PasskeyCeremonies.name);
  /** Nothing where browsers make no passkeys for this address. */
  readonly party: RelyingParty | undefined;

  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengesService,
    private readonly passkeys: PasskeysRepository,
    private readonly own: PasskeysService,
    private readonly secrets: Secrets,
    private readonly config: PlatformConfig,
  ) {
    this.party = relyingParty(config.PUBLIC_URL);
  }

  async askToRegister(person: PersonPrincipal): Promise<Ceremony> {
    const { id: rpID } = this.mustBeParty();
    await this.own.mustHaveRoom(person);
    const known = await this.passkeys.credentialsOf(this.database.db, person.id);
    const options = await generateRegistrationOptions({
      rpName: this.config.DESK_NAME,
      rpID,
      userName: person.email,
      userDisplayName: person.name,
      userID: new Uint8Array(Buffer.from(this.handleOf(person.id), 'base64url')),
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({
        id: credentialId.toString('base64url'),
        transports,
      })),
      // Discoverable, so that nobody has to type an address; verified, so that it is two factors in one.
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: algorithms,
      timeout: timeoutMs,
    });
    const challenge = await this.challenges.open('passkey-registration', person.id, { challenge: options.challenge });
    return { options: { ...options }, challenge };
  }

  async register(
    person: PersonPrincipal,
    token: string,
    response: z.output<typeof registration>,
    name: string,
  ): Promise<Passkey> {
    const { id: rpID, origin } = this.mustBeParty();
    const asked = await this.challenges.take('passkey-registration', token);
    if (asked?.personId !== person.id) throw new DeskError('conflict', 'refusal.nothingToConfirm');
    const verified = await verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} } as Parameters<
        typeof verifyRegistrationResponse
      >[0]['response'],
      expectedChallenge: remembered.parse(asked.facts).challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }).catch(() => undefined);
    if (!verified?.verified) throw new DeskError('passkey_refused');
    const { credential, credentialDeviceType } = verified.registrationInfo;
    return this.own.add(person, {
      credentialId: Buffer.from(credential.id, 'base64url'),
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: response.response.transports ?? [],
      synced: credentialDeviceType === 'multiDevice',
      name,
    });
  }

  async askToSignIn(): Promise<Ceremony> {
    const { id: rpID } = this.mustBeParty();
    const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', timeout: timeoutMs });
    const challenge = await this.challenges.open('passkey', null, { challenge: options.challenge });
    return { options: { ...options }, challenge };
  }

  /** Whose passkey it is. One answer for an unknown, a wrong and a copied one. */
  async recognise(token: string, response: z.output<typeof assertion>): Promise<PersonId> {
    const { id: rpID, origin } = this.mustBeParty();
    const asked = await this.challenges.take('passkey', token);
    if (!asked) throw new DeskError('sign_in_over');
    const { db } = this.database;
    const passkey = await this.passkeys.byCredential(db, Buffer.from(response.id, 'base64url'));
    const { userHandle } = response.response;
    if (!passkey || (userHandle && userHandle !== this.handleOf(passkey.personId))) {
      throw new DeskError('passkey_refused');
    }
    const verified = await verifyAuthenticationResponse({
      response: { ...response, clientExtensionResults: {} } as Parameters<
        typeof verifyAuthenticationResponse
      >[0]['response'],
      expectedChallenge: remembered.parse(asked.facts).challenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: true,
      // Its count is looked at below, once the signature has shown who counts.
      credential: { id: response.id, publicKey: new Uint8Array(passkey.publicKey), counter: 0 },
    }).catch(() => undefined);
    if (!verified?.verified) throw new DeskError('passkey_refused');
    if (!(await this.passkeys.used(db, passkey.id, verified.authenticationInfo.newCounter))) {
      this.log.error({ passkeyId: passkey.id }, 'A passkey counts backwards: there may be a copy of it');
      throw new DeskError('passkey_refused');
    }
    return passkey.personId;
  }

  private mustBeParty(): RelyingParty {
    if (!this.party) throw new DeskError('conflict', 'refusal.noPasskeysHere');
    return this.party;
  }

  /** Names a person to authenticators, always the same and telling nothing. */
  private handleOf(personId: PersonId): string {
    return this.secrets.mac('passkey-handle', personId);
  }
}
