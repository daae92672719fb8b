import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../dist/apps/switchboard/src/embedded/embedded-postgres.factory.js';
import { migrate } from '../../dist/libs/database/src/index.js';

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
  const dataDir = await mkdtemp(join(tmpdir(), 'switchboard-test-'));
  // As root the server runs as another user, who must be let through.
  await chmod(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, fsync: false });
  globalThis.switchboardTestPostgres = {
    async stop() {
      await postgres.stop();
      await rm(postgres.folder, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return postgres.url;
}
