import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { AuditRepository } from './audit.repository.js';
import { type Break, breakOf, type ChainEnd, genesis, next } from './chain.js';
import { type Checkpoint, Checkpoints } from './checkpoints.store.js';

/** What walking the chain showed. */
export interface ChainVerdict {
  readonly entries: number;
  /** The last entry that is good. */
  readonly end: ChainEnd;
  /** Ends noted outside that were met again. */
  readonly checkpoints: number;
  /** The first entry that is not what was written; `tail`: it was noted outside and is gone. */
  readonly broken: { readonly seq: string; readonly why: Break | 'checkpoint' | 'tail' } | undefined;
}

/** Entries read at once. */
const stride = 5_000;

/** Walks the whole chain, entry by entry. */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly database: Database,
    private readonly repository: AuditRepository,
    private readonly checkpoints: Checkpoints,
  ) {}

  /** `noted`: ends that the caller knows besides those of the file, such as from a printed report. */
  async verify(noted: readonly Checkpoint[] = []): Promise<ChainVerdict> {
    const anchors = new Map<string, string[]>();
    for (const { seq, hash } of [...(await this.checkpoints.list()), ...noted]) {
      anchors.set(seq, [...(anchors.get(seq) ?? []), hash]);
    }
    const walk = new Walk(anchors);
    for (;;) {
      const entries = await this.repository.walk(this.database.db, walk.end.seq, stride);
      for (const entry of entries) {
        const why = breakOf(entry, walk.end) ?? walk.step(entry);
        if (why) return walk.verdict({ seq: why === 'gap' ? next(walk.end) : entry.seq, why });
      }
      if (entries.length < stride) break;
    }
    const lost = [...anchors.keys()].some((seq) => BigInt(seq) > BigInt(walk.end.seq));
    return walk.verdict(lost ? { seq: next(walk.end), why: 'tail' } : undefined);
  }
}

/** How far a walk came. */
class Walk {
  end: ChainEnd = genesis;
  private entries = 0;
  private met = 0;

  constructor(private readonly anchors: ReadonlyMap<string, readonly string[]>) {}

  /** Goes on to an entry that follows; says when it is another one than was noted. */
  step({ seq, hash }: ChainEnd): 'checkpoint' | undefined {
    const noted = this.anchors.get(seq) ?? [];
    if (noted.some((one) => one !== hash.toString('hex'))) return 'checkpoint';
    this.met += noted.length;
    this.entries += 1;
    this.end = { seq, hash };
    return undefined;
  }

  verdict(broken: ChainVerdict['broken']): ChainVerdict {
    return { entries: this.entries, end: this.end, checkpoints: this.met, broken };
  }
}
