import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';

const longestPauseMs = 5_000;

/** Rings when events were added, in any process. A ring may be missed or come for nothing: whoever hears it reads. */
@Injectable()
export class EventBell implements OnApplicationShutdown {
  private readonly log = new Logger(EventBell.name);
  private readonly hearers = new Set<() => void>();
  private client: pg.Client | undefined;
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly databaseUrl: string) {}

  /** Calls `hear` at every ring, and after each break in listening; gives back how to stop that. */
  subscribe(hear: () => void): () => void {
    const hearer = (): void => hear();
    this.hearers.add(hearer);
    if (!this.client && !this.timer) void this.listen();
    return () => void this.hearers.delete(hearer);
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async listen(): Promise<void> {
    this.timer = undefined;
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'switchboard events',
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
    });
    this.client = client;
    client.on('error', () => undefined);
    client.on('end', () => this.again(client));
    client.on('notification', () => this.ring());
    try {
      await client.connect();
      await client.query('listen desk_event');
      this.failures = 0;
      this.ring();
    } catch (error) {
      if (this.failures === 0) this.log.warn({ err: error, msg: 'Events are not heard at once for now' });
      await client.end().catch(() => undefined);
      this.again(client);
    }
  }

  private again(client: pg.Client): void {
    if (this.closed || this.client !== client) return;
    this.client = undefined;
    this.failures += 1;
    const pauseMs = Math.min(longestPauseMs, 100 * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.timer = setTimeout(() => void this.listen(), pauseMs);
  }

  private ring(): void {
    for (const hear of this.hearers) hear();
  }
}
