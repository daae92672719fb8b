import { randomBytes } from 'node:crypto';
import type { EntitySchema } from 'typeorm';
import pg from 'pg';
import { createDataSource, Database, type Db } from '#libs/database';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  /** Statements outside a transaction. */
  readonly db: Db;
  close(): Promise<void>;
}

const environment = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the suite by npm test, whose global setup starts PostgreSQL`);
  return value;
};

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: environment('SWITCHBOARD_TEST_SERVER') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A fresh migrated database of its own for a test file: a clone of the template, dropped by `close`. */
export async function aDatabase(entities: readonly (EntitySchema | (new () => object))[] = []): Promise<TestDatabase> {
  const template = environment('SWITCHBOARD_TEST_TEMPLATE');
  const name = `${template}_${randomBytes(5).toString('hex')}`;
  await onServer(`create database ${name} template ${template} strategy wal_log`);
  const url = new URL(environment('SWITCHBOARD_TEST_SERVER'));
  url.pathname = `/${name}`;
  const source = await createDataSource({
    url: url.href,
    poolSize: 10,
    applicationName: 'test',
    entities,
  }).initialize();
  return {
    url: url.href,
    database: new Database(source),
    db: source.manager,
    close: async () => {
      if (source.isInitialized) await source.destroy();
      await onServer(`drop database if exists ${name} with (force)`);
    },
  };
}
