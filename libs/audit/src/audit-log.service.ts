import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { AuditRepository } from './audit.repository.js';
import { link } from './chain.js';
import type { NewEntry } from './entry.js';

/** The note of an act that was begun. */
export type Intent = string;

interface Waiting {
  readonly entry: NewEntry;
  readonly intent: Intent | undefined;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

/** Entries in one transaction. */
const mostAtOnce = 500;

/**
 * Writes the log. Entries that come while a batch is being stored make up the next one, so that the chain's lock is
 * taken once for many and nobody stands in a line of single commits.
 */
@Injectable()
export class AuditLog {
  private waiting: Waiting[] = [];
  private storing = false;

  constructor(
    private readonly database: Database,
    private readonly repository: AuditRepository,
  ) {}

  /** Resolves once the entry is stored for good. `intent`: the note that it settles. */
  add(entry: NewEntry, intent?: Intent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, intent, resolve, reject });
      if (!this.storing) void this.storeAll();
    });
  }

  /** Notes an act before it begins; `add` settles the note. */
  async intend(entry: NewEntry): Promise<Intent> {
    const id = randomUUID();
    await this.repository.intend(this.database.db, id, entry);
    return id;
  }

  /** Enters the acts whose process went before it could say how they ended; gives their number. */
  async enterLost(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const lost = await this.repository.takeLost(tx, mostAtOnce);
      if (lost.length === 0) return 0;
      const end = await this.repository.lockEnd(tx);
      const entries = lost.map((entry) => ({ ...entry, outcome: 'unknown' as const }));
      await this.repository.append(tx, link(entries, end));
      return lost.length;
    });
  }

  private async storeAll(): Promise<void> {
    this.storing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, mostAtOnce);
      try {
        await this.store(batch);
        for (const { resolve } of batch) resolve();
      } catch (fault) {
        for (const { reject } of batch) reject(fault);
      }
    }
    this.storing = false;
  }

  private store(batch: readonly Waiting[]): Promise<void> {
    return this.database.transaction(async (tx) => {
      const intents = batch.flatMap(({ intent }) => (intent === undefined ? [] : [intent]));
      await this.repository.forgetIntents(tx, intents);
      const end = await this.repository.lockEnd(tx);
      const entries = batch.map(({ entry }) => entry);
      await this.repository.append(tx, link(entries, end));
    });
  }
}
