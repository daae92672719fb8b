import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';

/** What a challenge asks for. */
export type ChallengePurpose = 'second-factor' | 'passkey' | 'passkey-registration' | 'single-sign-on';

export interface NewChallenge {
  readonly purpose: ChallengePurpose;
  readonly personId: PersonId | null;
  readonly sealed: string | null;
}

export interface ChallengeRow {
  readonly personId: PersonId | null;
  readonly sealed: string | null;
}

const columns = `person_id as "personId", sealed`;
const living = `token_hash = $1 and purpose = $2 and expires_at > now()`;

@Injectable()
export class ChallengesRepository {
  /** Lives five minutes. */
  async add(db: Db, tokenHash: Buffer, { purpose, personId, sealed }: NewChallenge): Promise<Date> {
    const sql = `
      insert into sign_in_challenge (token_hash, purpose, person_id, sealed, expires_at)
      values ($1, $2, $3, $4, now() + interval '5 minutes')
      returning expires_at as "expiresAt"`;
    return (await rows<{ expiresAt: Date }>(db, sql, [tokenHash, purpose, personId, sealed]))[0]!.expiresAt;
  }

  /** Counts a try; nothing when the challenge is unknown, over, or was tried ten times. */
  async attempt(db: Db, tokenHash: Buffer, purpose: ChallengePurpose): Promise<ChallengeRow | undefined> {
    const sql = `update sign_in_challenge set tries = tries + 1 where ${living} and tries < 10 returning ${columns}`;
    return (await rows<ChallengeRow>(db, sql, [tokenHash, purpose]))[0];
  }

  /** Uses the challenge up; nothing when it is unknown, used or over. */
  async take(db: Db, tokenHash: Buffer, purpose: ChallengePurpose): Promise<ChallengeRow | undefined> {
    const sql = `delete from sign_in_challenge where ${living} returning ${columns}`;
    return (await rows<ChallengeRow>(db, sql, [tokenHash, purpose]))[0];
  }

  async dropExpired(db: Db): Promise<void> {
    await rows(db, `delete from sign_in_challenge where expires_at < now()`);
  }
}
