import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { PlatformConfig } from '#libs/platform';
import type { ChainEnd } from './chain.js';

/** An end of the chain that was noted outside the database. */
export interface Checkpoint {
  readonly seq: string;
  /** Hex. */
  readonly hash: string;
}

/**
 * Ends of the chain, a line of JSON each, beside the database and not in it: whoever cuts the newest entries off, or
 * writes the whole chain anew, has this file to answer to. Copies of it belong on another machine.
 */
@Injectable()
export class Checkpoints {
  private readonly path: string;

  constructor(@Inject(PlatformConfig) config: Pick<PlatformConfig, 'DATA_DIR'>) {
    this.path = join(config.DATA_DIR, 'audit', 'checkpoints.jsonl');
  }

  /** Notes an end, with the time for people who read the file. */
  async note({ seq, hash }: ChainEnd, at: Date): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
    const line = JSON.stringify({ seq, hash: hash.toString('hex'), at: at.toISOString() });
    await appendFile(this.path, `${line}\n`, { mode: 0o600 });
  }

  /** All that were noted, in the order of the chain. */
  async list(): Promise<Checkpoint[]> {
    const file = await readFile(this.path, 'utf8').catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return '';
      throw fault;
    });
    const found = file.split('\n').flatMap((line) => readLine(line) ?? []);
    return found.sort((one, other) => Number(BigInt(one.seq) - BigInt(other.seq)));
  }
}

/** A line that a crash cut short says nothing. */
function readLine(line: string): Checkpoint | undefined {
  try {
    const { seq, hash } = JSON.parse(line) as Partial<Checkpoint>;
    return seq && /^\d{1,19}$/.test(seq) && hash && /^[0-9a-f]{64}$/.test(hash) ? { seq, hash } : undefined;
  } catch {
    return undefined;
  }
}
