import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { IdempotencyRepository } from '#libs/access';
import { Database } from '#libs/database';
import { DeskError, Secrets } from '#libs/platform';

/** One write under an `Idempotency-Key`. */
export interface Write {
  /** Caller and route. */
  readonly scope: string;
  readonly key: string;
  /** What the request carries: another request under the same key is refused. */
  readonly hash: Buffer;
}

export interface KeptAnswer {
  readonly status: number;
  readonly body: unknown;
}

const waitStepMs = 50;
const waitSteps = 100;

/** Answers of writes, kept for a day, sealed: they may hold personal data or a key that is shown once. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly database: Database,
    private readonly keys: IdempotencyRepository,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Nothing: the write is ours to do, and must end in `keep` or `release`. An answer: it was done before. While the
   * same write is being done by another request, waits for its answer, and refuses (409) when that takes too long.
   */
  async begin(write: Write): Promise<KeptAnswer | undefined> {
    for (let step = 0; step < waitSteps; step++) {
      if (await this.keys.claim(this.database.db, write)) return undefined;
      const earlier = await this.keys.get(this.database.db, write);
      if (earlier && !earlier.hash.equals(write.hash)) throw new DeskError('idempotency_key_reused');
      if (earlier?.status != null) {
        const sealed = earlier.sealed;
        return { status: earlier.status, body: sealed === null ? undefined : JSON.parse(this.secrets.unseal(sealed)) };
      }
      await pause(waitStepMs);
    }
    throw new DeskError('conflict', 'refusal.firstStillWorked');
  }

  /** Stores the answer of a write that was done, and gives its body on. */
  async keep<Body>(write: Write, status: number, body: Body): Promise<Body> {
    const sealed = body === undefined ? null : this.secrets.seal(JSON.stringify(body));
    await this.keys.settle(this.database.db, write, status, sealed);
    return body;
  }

  /** Frees the key of a write that was refused or failed, so that it can be tried again. */
  async release(write: Write): Promise<void> {
    await this.keys.release(this.database.db, write);
  }
}
