import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../apps/switchboard/src/embedded/embedded-postgres.factory.js';
import { aDovecot, type Dovecot, hasDovecot } from '../support/dovecot.js';
import { TestRedis } from '../support/redis.js';
import { SwiftSmtp } from './swift-smtp.js';

export interface BenchServers {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly dovecot: Dovecot;
  /** Where mail goes out. */
  readonly smtpPort: number;
  /** Where the desk keeps its files. */
  readonly folder: string;
  /** First process of each server. */
  readonly pids: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

/** Real servers of the bench's own: PostgreSQL that waits for the disk, Redis, Dovecot. */
export async function benchServers(users: readonly string[]): Promise<BenchServers> {
  if (!hasDovecot) throw new Error('The bench needs Dovecot: apt-get install dovecot-imapd dovecot-lmtpd');
  const folder = await mkdtemp(join(tmpdir(), 'switchboard-bench-'));
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir: folder, fsync: true });
  const redis = await TestRedis.start();
  if (!redis) throw new Error('The bench needs Redis: apt-get install redis-server');
  const dovecot = await aDovecot({ users });
  const smtp = await SwiftSmtp.start();
  const postmaster = Number.parseInt(await readFile(join(postgres.folder, 'postmaster.pid'), 'utf8'), 10);
  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    dovecot,
    smtpPort: smtp.port,
    folder,
    pids: { postgres: postmaster, redis: redis.pid ?? 0, dovecot: dovecot.pid ?? 0 },
    close: async () => {
      smtp.close();
      await dovecot.close();
      await redis.close();
      await postgres.stop();
      await rm(postgres.folder, { recursive: true, force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
