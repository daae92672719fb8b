import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrate } from '../../dist/libs/database/src/index.js';
import { throwawayPostgres } from './throwaway-postgres.mjs';

/**
 * One PostgreSQL server for all test files: TEST_DATABASE_URL, or one of our own that forgets everything at the
 * end. A template database is migrated once; every file clones it (test/support/database.ts).
 */
export default async function setup() {
  if (process.env.SWITCHBOARD_TEST_SERVER) return;
  const server = process.env.TEST_DATABASE_URL ?? (await serverOfOurOwn());
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

async function serverOfOurOwn() {
  globalThis.switchboardTestPostgres = await throwawayPostgres();
  return globalThis.switchboardTestPostgres.url;
}
