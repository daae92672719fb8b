import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { Secrets } from '#libs/platform';
import { tokenHash } from '../token.js';
import { type ChallengePurpose, type ChallengeRow, ChallengesRepository } from './challenges.repository.js';

/** The first half of a sign-in that spans two requests. */
export interface OpenChallenge {
  /** Goes into a cookie; only its hash is kept here. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** What was remembered for the second half. */
export interface Remembered {
  readonly personId: PersonId | null;
  readonly facts: unknown;
}

/** What a browser was asked and has to answer within five minutes. */
@Injectable()
export class ChallengesService {
  constructor(
    private readonly database: Database,
    private readonly challenges: ChallengesRepository,
    private readonly secrets: Secrets,
  ) {}

  /** `facts` are kept sealed. */
  async open(purpose: ChallengePurpose, personId: PersonId | null, facts?: unknown): Promise<OpenChallenge> {
    const token = randomBytes(32).toString('base64url');
    const sealed = facts === undefined ? null : this.secrets.seal(JSON.stringify(facts));
    const challenge = { purpose, personId, sealed };
    return { token, expiresAt: await this.challenges.add(this.database.db, tokenHash(token), challenge) };
  }

  /** Counts a try, of which a challenge has ten; it lives on. */
  async attempt(purpose: ChallengePurpose, token: string): Promise<Remembered | undefined> {
    return this.read(await this.challenges.attempt(this.database.db, tokenHash(token), purpose));
  }

  /** Uses the challenge up. */
  async take(purpose: ChallengePurpose, token: string): Promise<Remembered | undefined> {
    return this.read(await this.challenges.take(this.database.db, tokenHash(token), purpose));
  }

  private read(row: ChallengeRow | undefined): Remembered | undefined {
    if (!row) return undefined;
    const facts: unknown = row.sealed === null ? undefined : JSON.parse(this.secrets.unseal(row.sealed));
    return { personId: row.personId, facts };
  }
}
