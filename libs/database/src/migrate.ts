import pg from 'pg';
import { createDataSource } from './data-source.js';

/** Any number that only this use of `pg_advisory_lock` has. */
const migrationLock = 7_249_001;

/**
 * Brings the database to the newest schema. Replicas that start together wait for one another on an advisory
 * lock; the loser finds nothing left to do. Returns the names of the migrations that ran.
 */
export async function migrate(url: string): Promise<string[]> {
  const guard = new pg.Client({ connectionString: url, application_name: 'switchboard migrate' });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [migrationLock]);
    const source = await createDataSource({ url, poolSize: 1, applicationName: 'switchboard migrate' }).initialize();
    try {
      await source.query('set statement_timeout = 0');
      const ran = await source.runMigrations();
      return ran.map(({ name }) => name);
    } finally {
      await source.destroy();
    }
  } finally {
    await guard.end();
  }
}
