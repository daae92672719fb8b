import type { AccountTrouble, CursorPosition, Inbox, RawItem } from '#libs/channels';

/** What the host promises a channel, in memory: keys are unique, items and cursor move together. */
export class MemoryInbox implements Inbox {
  readonly items: RawItem[] = [];
  readonly reports: (AccountTrouble | undefined)[] = [];
  readonly cursors = new Map<string, CursorPosition>();
  puts = 0;
  /** Thrown by the next puts while it is set. */
  refusal: Error | undefined;
  private readonly keys = new Set<string>();
  private readonly watchers: (() => void)[] = [];

  cursor = async (name: string): Promise<CursorPosition | undefined> => this.cursors.get(name);

  put = async (items: readonly RawItem[], cursor?: CursorPosition): Promise<number> => {
    this.puts += 1;
    if (this.refusal) throw this.refusal;
    const fresh = items.filter(({ externalKey }) => !this.keys.has(externalKey));
    for (const item of fresh) this.keys.add(item.externalKey);
    this.items.push(...fresh);
    if (cursor) this.cursors.set(cursor.name, cursor);
    this.tell();
    return fresh.length;
  };

  report = async (trouble: AccountTrouble | undefined): Promise<void> => {
    this.reports.push(trouble);
    this.tell();
  };

  get bodies(): string[] {
    return this.items.map(({ bytes }) => Buffer.from(bytes).toString());
  }

  /** Resolves as soon as `holds` does, looked at after every call of the channel. */
  async until(holds: (inbox: this) => boolean): Promise<void> {
    while (!holds(this)) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  /** The account works: it reported so. */
  works = (): Promise<void> => this.until(({ reports }) => reports.includes(undefined));

  private tell(): void {
    for (const watcher of this.watchers.splice(0)) watcher();
  }
}
