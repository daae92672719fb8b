import { BreakableProxy } from '../../support/breakable-proxy.js';
import { aDatabase } from '../../support/database.js';
import { TestRedis } from '../../support/redis.js';
import pg from 'pg';

/** Where the jobs of a test are kept, and the harm that may come to it. */
export interface JobServer {
  readonly options: { readonly databaseUrl: string; readonly redisUrl?: string; readonly prefix: string };
  /** Loses every job while staying up. */
  lose(): Promise<void>;
  away(): Promise<void>;
  back(): Promise<void>;
  close(): Promise<void>;
}

const prefix = 'test';

export async function redisServer(): Promise<JobServer> {
  const redis = await TestRedis.start();
  if (!redis) throw new Error('redis-server is not installed');
  return {
    options: { databaseUrl: 'postgres://nobody@127.0.0.1:1/none', redisUrl: redis.url, prefix },
    lose: () => redis.flush(),
    away: () => redis.kill(),
    back: () => redis.start(),
    close: () => redis.close(),
  };
}

export async function postgresServer(): Promise<JobServer> {
  const database = await aDatabase();
  const url = new URL(database.url);
  const proxy = await BreakableProxy.start({ host: url.hostname, port: Number(url.port) });
  url.port = String(proxy.port);
  return {
    options: { databaseUrl: url.href, prefix },
    lose: async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query('delete from bullmq.job');
      await client.end();
    },
    away: () => proxy.cut(),
    back: () => proxy.mend(),
    close: async () => {
      await proxy.cut();
      await database.close();
    },
  };
}
