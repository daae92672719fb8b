import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QueuesRepository, SpecialistsRepository } from '#libs/specialists';
import { aDatabase, type TestDatabase } from '../../support/database.js';

describe('SpecialistsRepository', () => {
  let store: TestDatabase;
  const specialists = new SpecialistsRepository();
  const queues = new QueuesRepository();
  let first: string;
  let second: string;
  beforeAll(async () => {
    store = await aDatabase();
    const title = { ru: 'Очередь', en: 'Queue' };
    [first, second] = (
      await queues.save(store.db, [
        { key: 'first', title },
        { key: 'second', title },
      ])
    ).map(({ id }) => id) as [string, string];
  });
  afterAll(() => store.close());

  const person = async (): Promise<string> => {
    const [row] = await store.db.query(
      `insert into person (email, name, role) values (gen_random_uuid() || '@x.test', 'x', 'specialist') returning id`,
    );
    return row.id;
  };

  it('saves what is declared and leaves presence to its owner', async () => {
    const id = await person();
    await specialists.save(store.db, [{ id, capacity: 3, queueIds: [first, second], presence: 'on' }]);
    await specialists.setPresence(store.db, id, 'away');
    await specialists.save(store.db, [{ id, capacity: 4, queueIds: [second], presence: 'on' }]);
    expect(await specialists.get(store.db, id)).toMatchObject({
      capacity: 4,
      presence: 'away',
      queueIds: [second],
      openItems: 0,
    });
    expect((await specialists.list(store.db)).map((one) => one.id)).toContain(id);
    expect(await specialists.setPresence(store.db, '999999', 'on')).toBe(false);
  });

  it('takes room wholly or not, and gives it back', async () => {
    const [one, other] = [await person(), await person()];
    await specialists.save(store.db, [
      { id: one, capacity: 2, queueIds: [first] },
      { id: other, capacity: 1, queueIds: [first] },
    ]);
    const wish = [
      { specialistId: one, items: 2 },
      { specialistId: other, items: 2 },
    ];
    expect(await specialists.takeRoom(store.db, wish)).toEqual([one]);
    expect(await specialists.takeRoom(store.db, [{ specialistId: one, items: 1 }])).toEqual([]);
    await specialists.giveRoom(store.db, [
      { specialistId: one, items: 1 },
      { specialistId: one, items: 1 },
    ]);
    expect(await specialists.get(store.db, one)).toMatchObject({ openItems: 0 });
    await expect(specialists.giveRoom(store.db, [{ specialistId: one, items: 1 }])).rejects.toThrow();
  });

  it('gives queues and kinds in the order declared, found again by key', async () => {
    const title = { ru: 'Иначе', en: 'Other' };
    const again = await queues.save(store.db, [
      { key: 'second', title },
      { key: 'first', title },
    ]);
    expect(again.map(({ key, id }) => [key, id])).toEqual([
      ['second', second],
      ['first', first],
    ]);
    expect((await queues.list(store.db)).map(({ key }) => key)).toEqual(['second', 'first']);
    await queues.saveKinds(store.db, [
      { key: 'b', title },
      { key: 'a', title },
    ]);
    expect(await queues.kinds(store.db)).toMatchObject([
      { key: 'b', title, position: 0 },
      { key: 'a', title, position: 1 },
    ]);
  });
});
