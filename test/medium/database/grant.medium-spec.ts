import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { grantTo, rows } from '#libs/database';
import { aDatabase, type TestDatabase } from '../../support/database.js';

const role = `desk_role_${randomBytes(4).toString('hex')}`;
let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await aDatabase();
  await rows(database.db, `create role ${role} login password 'canary'`);
  await grantTo(database.url, role);
  const url = new URL(database.url);
  client = new pg.Client({
    host: url.hostname,
    port: Number(url.port),
    database: url.pathname.slice(1),
    user: role,
    password: 'canary',
  });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await rows(database.db, `drop owned by ${role}`);
  await rows(database.db, `drop role ${role}`);
  await database.close();
});

const entry = `insert into audit_entry (seq, at, actor_type, act, outcome, prev_hash, hash)
  values (1, now(), 'desk', 'desk.declared', 'done', decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'))`;

describe('a role that was granted a desk', () => {
  it.each([
    `insert into person (email, name, role) values ('a@b.test', 'A', 'specialist')`,
    `update person set name = 'B'`,
    `delete from person`,
    `select nextval('ticket_number')`,
    entry,
    `select * from audit_entry`,
    `select * from migrations`,
  ])('may %s', async (sql) => {
    await expect(client.query(sql)).resolves.toBeDefined();
  });

  it.each([
    `update audit_entry set act = 'x'`,
    `delete from audit_entry`,
    `truncate audit_entry`,
    `alter table audit_entry disable trigger all`,
    `drop trigger audit_entry_append_only on audit_entry`,
    `delete from migrations`,
    `create table evil (a int)`,
    `alter table person add column evil int`,
    `drop table person`,
    `copy person to program 'cat'`,
    `set session_replication_role = replica`,
    `select pg_read_file('/etc/passwd')`,
  ])('may not %s', async (sql) => {
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
