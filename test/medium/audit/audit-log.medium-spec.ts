import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLog, AuditRepository, AuditVerifier, Checkpoints, type NewEntry } from '#libs/audit';
import { rows } from '#libs/database';
import { aDatabase, type TestDatabase } from '../../support/database.js';

let base: TestDatabase;
let dataDir: string;
let log: AuditLog;
let other: AuditLog;
let verifier: AuditVerifier;
let checkpoints: Checkpoints;
const repository = new AuditRepository();

beforeAll(async () => {
  base = await aDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'audit-'));
  checkpoints = new Checkpoints({ DATA_DIR: dataDir });
  log = new AuditLog(base.database, repository);
  other = new AuditLog(base.database, repository);
  verifier = new AuditVerifier(base.database, repository, checkpoints);
});
afterAll(async () => {
  await base.close();
  await rm(dataDir, { recursive: true });
});

const entry = (more: Partial<NewEntry> = {}): NewEntry => ({
  at: new Date(),
  actor: { type: 'person', id: '7', role: 'specialist' },
  act: 'ticket.opened',
  object: { type: 'ticket', id: '5' },
  outcome: 'done',
  network: '192.0.2.0/24',
  details: { fields: ['name'] },
  ...more,
});

describe('the log', () => {
  it('is one chain, however many write at once', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, index) => (index % 2 ? log : other).add(entry())));
    const verdict = await verifier.verify();
    expect(verdict).toMatchObject({ entries: 300, broken: undefined });
    expect(verdict.end.seq).toBe('300');
  });

  it('keeps an entry as it was given', async () => {
    const given = entry({
      actor: { type: 'nobody', id: null, role: null },
      object: null,
      network: null,
      details: { a: 'ё', b: [], c: null, d: 0.5, e: false },
    });
    await log.add(given);
    const [kept] = await repository.page(base.db, {}, 1);
    expect(kept).toMatchObject(given);
  });

  it.each(['update audit_entry set act = act', 'delete from audit_entry where seq < 0', 'truncate audit_entry'])(
    'is refused to be changed by its owner: %s',
    async (sql) => {
      await expect(rows(base.db, sql)).rejects.toThrow(/never changed|permission denied/);
    },
  );

  it('goes on when a batch was refused', async () => {
    const outcomes = await Promise.allSettled([log.add(entry({ outcome: 'odd' as 'done' })), log.add(entry())]);
    expect(outcomes.map(({ status }) => status)).toContain('rejected');
    await log.add(entry());
    expect((await verifier.verify()).broken).toBeUndefined();
  });

  it('enters an act whose process went, once', async () => {
    const kept = await log.intend(entry());
    await log.intend(entry({ act: 'ticket.closed' }));
    await log.add(entry(), kept);
    expect(await log.enterLost()).toBe(0);
    await rows(base.db, `update audit_intent set begun_at = now() - interval '11 minutes'`);
    const counts = await Promise.all([log.enterLost(), other.enterLost()]);
    expect(counts.sort((one, two) => one - two)).toEqual([0, 1]);
    const [entered] = await repository.page(base.db, {}, 1);
    expect(entered).toMatchObject({ act: 'ticket.closed', outcome: 'unknown' });
  });

  it('is found by who, what, to what, how it ended and when', async () => {
    const actor = { type: 'program', id: randomUUID(), role: null } as const;
    await log.add(entry({ actor, at: new Date('2020-05-05T00:00:00Z'), outcome: 'refused' }));
    await log.add(entry({ actor, object: { type: 'person', id: '9' } }));
    const found = async (filter: Parameters<AuditRepository['page']>[1]) =>
      (await repository.page(base.db, { actor, ...filter }, 10)).length;
    expect(await found({})).toBe(2);
    expect(await found({ outcome: 'refused' })).toBe(1);
    expect(await found({ object: { type: 'person' } })).toBe(1);
    expect(await found({ object: { type: 'ticket', id: '6' } })).toBe(0);
    expect(await found({ act: 'ticket.closed' })).toBe(0);
    expect(await found({ from: new Date('2020-05-05T00:00:00Z'), to: new Date('2020-05-05T00:00:01Z') })).toBe(1);
  });
});

/** A chain of five entries, its end noted outside, and a way to do harm to it. */
async function aChain() {
  const chain = await aDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'audit-'));
  const notes = new Checkpoints({ DATA_DIR: folder });
  const writer = new AuditLog(chain.database, repository);
  for (let index = 0; index < 5; index++) await writer.add(entry());
  await notes.note(await repository.end(chain.db), new Date());
  return {
    ...chain,
    writer,
    file: join(folder, 'audit', 'checkpoints.jsonl'),
    verify: () => new AuditVerifier(chain.database, repository, notes).verify(),
    /** What somebody does who has the database in their hands. */
    harm: async (sql: string) => {
      await rows(chain.db, 'alter table audit_entry disable trigger all');
      await rows(chain.db, 'grant all on audit_entry to current_user');
      await rows(chain.db, sql);
    },
    close: async () => {
      await chain.close();
      await rm(folder, { recursive: true });
    },
  };
}

describe('verifying', () => {
  it.each([
    [`update audit_entry set outcome = 'failed' where seq = 3`, '3', 'content'],
    [`update audit_entry set at = at + interval '1 ms' where seq = 2`, '2', 'content'],
    [`update audit_entry set details = '{"fields":[]}' where seq = 1`, '1', 'content'],
    [`update audit_entry set actor_id = '8' where seq = 5`, '5', 'content'],
    [`update audit_entry set prev_hash = hash where seq = 4`, '4', 'link'],
    [`delete from audit_entry where seq = 4`, '4', 'gap'],
    [`update audit_entry set seq = 6 where seq = 2`, '2', 'gap'],
    [`delete from audit_entry where seq = 5`, '5', 'tail'],
    [`delete from audit_entry`, '1', 'tail'],
  ])('after %s names entry %s: %s', async (sql, seq, why) => {
    const chain = await aChain();
    try {
      expect(await chain.verify()).toMatchObject({ entries: 5, checkpoints: 1, broken: undefined });
      await chain.harm(sql);
      expect((await chain.verify()).broken).toEqual({ seq, why });
    } finally {
      await chain.close();
    }
  });

  it('knows a chain that was written anew from its noted end', async () => {
    const chain = await aChain();
    try {
      await chain.harm('delete from audit_entry');
      for (let index = 0; index < 7; index++) await chain.writer.add(entry());
      expect((await chain.verify()).broken).toEqual({ seq: '5', why: 'checkpoint' });
      await writeFile(chain.file, `${(await readFile(chain.file, 'utf8')).slice(0, -30)}\nnonsense\n`);
      expect(await chain.verify()).toMatchObject({ entries: 7, checkpoints: 0, broken: undefined });
    } finally {
      await chain.close();
    }
  });
});
