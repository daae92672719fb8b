import { availableParallelism } from 'node:os';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { ChannelAdapter } from '../channel-adapter.js';
import { HostLimits } from './host-limits.js';
import type { ParserOutcome, ParserTask } from './parser/parser-protocol.js';
import { ParserPool } from './parser/parser-pool.service.js';
import { readItem } from './parser/read-item.js';

/** Reads raw items: in bounded children where an adapter wants it, else right here. */
@Injectable()
export class Parsers implements OnApplicationShutdown {
  private readonly pools = new Map<string, ParserPool>();

  constructor(private readonly limits: HostLimits) {}

  read(adapter: ChannelAdapter, task: ParserTask): Promise<ParserOutcome> {
    const { normalizer } = adapter;
    if (!normalizer) return readItem((raw, facts) => adapter.normalize(raw, facts), task);
    return this.pool(normalizer).run(task);
  }

  onApplicationShutdown(): void {
    for (const pool of this.pools.values()) pool.close();
  }

  private pool(module: URL): ParserPool {
    const known = this.pools.get(module.href);
    if (known) return known;
    const pool = new ParserPool({
      entry: this.limits.parserEntry,
      module,
      limitMs: this.limits.parseMs,
      stallMs: this.limits.parseStallMs,
      memoryMiB: this.limits.parseMemoryMiB,
      // One for every two processors: the host itself and the servers need theirs.
      children: Math.max(1, Math.floor(availableParallelism() / 2)),
      window: 16,
    });
    this.pools.set(module.href, pool);
    return pool;
  }
}
