import pg from 'pg';
import type { Locale } from '#libs/contracts';
import { migrate } from '#libs/database';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.factory.js';
import { StartRefusal } from './start-refusal.js';

export interface DeskDatabase {
  readonly url: string;
  readonly kind: 'embedded' | 'given';
  /** Stops what was started for this desk; a given server goes on. */
  stop(): Promise<void>;
}

/** Any number that only this use of `pg_try_advisory_lock` has. */
const deskLock = 7_249_100;

/**
 * The database of the desk, migrated: the one named by `given`, or one of its own under `dataDir`. Throws in words
 * when a server cannot be used, or when another desk already runs on the same folder.
 */
export async function openDatabase(given: string | undefined, dataDir: string, locale: Locale): Promise<DeskDatabase> {
  if (given) {
    await migrate(given).catch((cause: unknown) => refuse(cause, locale));
    return { url: given, kind: 'given', stop: async () => undefined };
  }
  const server = await startEmbeddedPostgres({ dataDir });
  const guard = await takeFolder(server.url, dataDir, locale);
  try {
    await migrate(server.url);
  } catch (fault) {
    await guard.end();
    await server.stop();
    throw fault;
  }
  return {
    url: server.url,
    kind: 'embedded',
    stop: async () => {
      await guard.end();
      await server.stop();
    },
  };
}

/** Two desks on one folder would stop each other's server: the second one is refused, and leaves it alone. */
async function takeFolder(url: string, dataDir: string, locale: Locale): Promise<pg.Client> {
  const guard = new pg.Client({ connectionString: url, application_name: 'switchboard start', keepAlive: true });
  guard.on('error', () => undefined);
  await guard.connect();
  const { rows } = await guard.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [deskLock]);
  if (rows[0]?.taken) return guard;
  await guard.end();
  throw new StartRefusal(locale, { text: 'start.alreadyRuns', dataDir });
}

/** A server that cannot be reached or does not let us in is told with its setting; anything else is a fault of ours. */
function refuse(cause: unknown, locale: Locale): never {
  if (!(cause instanceof Error && 'code' in cause && typeof cause.code === 'string')) throw cause;
  throw new StartRefusal(locale, { text: 'start.databaseAway', reason: cause.message || cause.code }, { cause });
}
