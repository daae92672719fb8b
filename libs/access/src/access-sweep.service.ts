import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { AccessLinksRepository } from './access-links.repository.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import { SecondFactorRepository } from './second-factor/second-factor.repository.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { ChallengesRepository } from './sign-in/challenges.repository.js';

/** Throws away what time has made useless. */
@Injectable()
export class AccessSweep {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly links: AccessLinksRepository,
    private readonly idempotency: IdempotencyRepository,
    private readonly challenges: ChallengesRepository,
    private readonly factors: SecondFactorRepository,
  ) {}

  /** Old sessions, links, kept answers, challenges that nobody took and secrets that nobody confirmed. */
  async forgetOld(): Promise<void> {
    const { db } = this.database;
    await this.sessions.dropExpired(db);
    await this.links.dropExpired(db);
    await this.idempotency.dropExpired(db);
    await this.challenges.dropExpired(db);
    await this.factors.dropUnconfirmed(db);
  }
}
