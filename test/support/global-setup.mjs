import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../dist/libs/database/src/index.js';

/**
 * One PostgreSQL server for all test files: TEST_DATABASE_URL, or the server on the standard port. A template
 * database is migrated once; every file clones it (test/support/database.ts).
 */
export default async function setup() {
  if (process.env.SWITCHBOARD_TEST_SERVER) return;
  const server = process.env.TEST_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres';
  const template = `switchboard_template_${randomBytes(4).toString('hex')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`create database ${template}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${template}`;
  await migrate(url.href);
  process.env.SWITCHBOARD_TEST_SERVER = server;
  process.env.SWITCHBOARD_TEST_TEMPLATE = template;
}
