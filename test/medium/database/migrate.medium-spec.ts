import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate, rows } from '#libs/database';
import { aDatabase, type TestDatabase } from '../../support/database.js';

describe('migrate', () => {
  let desk: TestDatabase;
  beforeAll(async () => {
    desk = await aDatabase();
  });
  afterAll(() => desk.close());

  it('finds nothing to do on a migrated database, however many processes start at once', async () => {
    const runs = await Promise.all([migrate(desk.url), migrate(desk.url), migrate(desk.url)]);
    expect(runs).toEqual([[], [], []]);
  });

  it('gives rows for every kind of statement', async () => {
    const inserted = await rows(desk.db, `insert into queue (key, title) values ('a', '{}') returning key`);
    const updated = await rows(desk.db, `update queue set key = 'b' where key = 'a' returning key`);
    const deleted = await rows(desk.db, `delete from queue where key = 'b' returning key`);
    expect([inserted, updated, deleted]).toEqual([[{ key: 'a' }], [{ key: 'b' }], [{ key: 'b' }]]);
  });
});
