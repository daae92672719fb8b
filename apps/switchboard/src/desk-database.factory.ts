import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.factory.js';
import type { SwitchboardConfig } from './switchboard.config.js';

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/**
 * Gives `use` the desk's database, beside a running desk or without one: the embedded server is started for that time
 * when no desk runs on it. Nothing when this folder never had a desk.
 */
export async function withDeskDatabase<Result>(
  config: Pick<SwitchboardConfig, 'DATABASE_URL' | 'DATA_DIR'>,
  use: (url: string) => Promise<Result>,
): Promise<Result | undefined> {
  if (config.DATABASE_URL) return use(config.DATABASE_URL);
  const dataDir = resolve(config.DATA_DIR);
  if (!(await exists(join(dataDir, 'postgres.password')))) return undefined;
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    return await use(server.url);
  } finally {
    if (!server.takenOver) await server.stop();
  }
}
