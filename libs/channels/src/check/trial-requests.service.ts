import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { checkJob } from '#libs/contracts';
import { Database } from '#libs/database';
import { Secrets } from '#libs/platform';
import { JobQueue } from '#libs/queue';
import type { Check } from '../channel-adapter.js';
import { AccountTrialsRepository } from './account-trials.repository.js';
import { type Trial, writeTrial } from './trial.js';

/** A gateway that is there takes a trial at once; after so long there is none. */
const takenWithinMs = 10_000;
const longestMs = 40_000;
const stepMs = 100;

/** Has settings tried by whichever process serves their channel, and waits for what that shows. */
@Injectable()
export class TrialRequests {
  constructor(
    private readonly database: Database,
    private readonly trials: AccountTrialsRepository,
    private readonly queue: JobQueue,
    private readonly secrets: Secrets,
  ) {}

  async run(channel: string, trial: Trial): Promise<readonly Check[]> {
    const { db } = this.database;
    const id = await this.trials.add(db, channel, this.secrets.seal(writeTrial(trial)));
    try {
      await this.queue.add(checkJob(channel), [id]);
      return await this.answer(id);
    } finally {
      await this.trials.remove(db, id);
    }
  }

  private async answer(id: string): Promise<readonly Check[]> {
    const began = performance.now();
    for (;;) {
      const found = await this.trials.get(this.database.db, id);
      if (found?.state === 'done') return found.checks ?? [];
      const waitedMs = performance.now() - began;
      if (found?.state === 'waiting' && waitedMs > takenWithinMs)
        return [{ step: 'gateway', ok: false, code: 'no-gateway' }];
      if (waitedMs > longestMs) return [{ step: 'verify', ok: false, code: 'too-slow' }];
      await pause(stepMs);
    }
  }
}
