import { DataSource, type EntitySchema } from 'typeorm';
import { history } from './migrations/history.js';

export interface DataSourceOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Most connections this process holds; counts against `max_connections` of the server. */
  readonly poolSize: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Table shapes that repositories of this process use by name (`*.entity.ts`). */
  readonly entities?: readonly (EntitySchema | (new () => object))[];
}

/** Limits of SECURITY.md: a statement that runs away, or a transaction left open, must not hold others up. */
const sessionLimits = '-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000';

/** A pool over the desk's database; call `initialize()` before use. Rows are plain objects: no entity is loaded lazily. */
export const createDataSource = ({ url, poolSize, applicationName, entities = [] }: DataSourceOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    applicationName,
    poolSize,
    entities: [...entities],
    migrations: history,
    migrationsTransactionMode: 'each',
    extra: { options: sessionLimits, connectionTimeoutMillis: 10_000, keepAlive: true },
  });
