import type { ChannelAdapter } from '../channel-adapter.js';

/** The adapters of this process, by kind. */
export class Adapters {
  private readonly byKind: ReadonlyMap<string, ChannelAdapter>;

  constructor(readonly list: readonly ChannelAdapter[]) {
    this.byKind = new Map(list.map((adapter) => [adapter.kind, adapter]));
    if (this.byKind.size !== list.length) throw new Error('Two adapters serve one channel');
  }

  get kinds(): readonly string[] {
    return [...this.byKind.keys()];
  }

  get(kind: string): ChannelAdapter {
    const adapter = this.byKind.get(kind);
    if (!adapter) throw new Error(`No adapter of the channel ${kind} is hosted here`);
    return adapter;
  }
}
