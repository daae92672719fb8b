import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditLog, AuditRepository } from '#libs/audit';
import { rows } from '#libs/database';
import { verifyAudit } from '../../../apps/switchboard/src/audit/verify-audit.command.js';
import { aDatabase, type TestDatabase } from '../../support/database.js';

let base: TestDatabase;
let folder: string;
beforeAll(async () => {
  base = await aDatabase();
  folder = await mkdtemp(join(tmpdir(), 'verify-audit-'));
  const log = new AuditLog(base.database, new AuditRepository());
  const actor = { type: 'desk', id: null, role: null } as const;
  const plain = { actor, act: 'desk.declared', object: null, network: null, outcome: 'done', details: {} } as const;
  for (let times = 0; times < 3; times++) await log.add({ ...plain, at: new Date() });
});
afterAll(async () => {
  await base.close();
  await rm(folder, { recursive: true });
});

const verify = async (...noted: string[]) => {
  const lines: string[] = [];
  const env = { DATABASE_URL: base.url, DATA_DIR: folder, DESK_LOCALE: 'en' };
  const whole = await verifyAudit(env, noted, (line) => lines.push(line));
  return { whole, said: lines.join('\n') };
};

describe('switchboard audit verify', () => {
  it('says where the log ends, which can be kept and compared later', async () => {
    const { whole, said } = await verify();
    expect([whole, said]).toEqual([true, expect.stringMatching(/^The audit log is whole: 3 entries/)]);
    const end = /(3:[0-9a-f]{64})$/.exec(said)?.[1] ?? '';
    expect((await verify(end)).said).toContain('1 ends noted outside');
    await expect(verify('3:zz')).rejects.toThrow('number:hash');
    await rows(base.db, 'alter table audit_entry disable trigger all');
    await rows(base.db, 'grant all on audit_entry to current_user');
    await rows(base.db, 'delete from audit_entry where seq = 3');
    expect((await verify()).whole).toBe(true);
    expect(await verify(end)).toEqual({ whole: false, said: expect.stringMatching(/broken at entry 3: .*cut off/) });
  });

  it('says when there never was a desk', async () => {
    const lines: string[] = [];
    expect(await verifyAudit({ DATA_DIR: folder, DESK_LOCALE: 'en' }, [], (line) => lines.push(line))).toBe(false);
    expect(lines[0]).toMatch(/never had a desk/);
  });
});
