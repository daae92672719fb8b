import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../../apps/switchboard/src/embedded/embedded-postgres.factory.js';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

describe('startEmbeddedPostgres', () => {
  let home: string;
  const running: EmbeddedPostgres[] = [];
  const start = async (dataDir: string): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({ dataDir });
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'embedded-'));
  });
  afterEach(async () => {
    for (const server of running.splice(0)) {
      await server.stop();
      // As root the database may lie outside `home`, where its own user may go.
      await rm(server.folder, { recursive: true, force: true });
    }
    await rm(home, { recursive: true, force: true });
  });

  it('works below a folder that other users cannot enter, and keeps what was written over a restart', async () => {
    // mkdtemp made `home` with mode 0700: as root the server runs as somebody whom that keeps out.
    const first = await start(join(home, 'deep', 'data'));
    await ask(first.url, `create table kept as select 'да'::text as word`);
    await first.stop();
    const second = await start(join(home, 'deep', 'data'));
    expect(await ask(second.url, `select upper(word) from kept`)).toEqual(['ДА']);
  }, 60_000);

  it('takes over the server that a killed desk left running', async () => {
    const first = await start(join(home, 'data'));
    const again = await start(join(home, 'data'));
    expect(again.url).toBe(first.url);
  }, 60_000);

  it('is durable by default, speaks to loopback only and asks for a password that nobody else can read', async () => {
    const server = await start(join(home, 'data'));
    const settings = `select string_agg(setting, ' ' order by name) from pg_settings
      where name in ('fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit')`;
    expect(await ask(server.url, settings)).toEqual(['on on 127.0.0.1 on']);
    const wrong = new URL(server.url);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(home, 'data', 'postgres.password'))).mode & 0o077).toBe(0);
  }, 60_000);

  it('begins again after a kill in the middle of the first start', async () => {
    const data = join(home, 'data');
    const first = await start(data);
    await first.stop();
    await rm(first.folder, { recursive: true });
    await mkdir(`${first.folder}.new`, { recursive: true });
    const server = await start(data);
    expect(await ask(server.url, 'select 1')).toEqual([1]);
    expect(await readFile(join(server.folder, 'PG_VERSION'), 'utf8')).toMatch(/^\d+\n$/);
  }, 60_000);
});
