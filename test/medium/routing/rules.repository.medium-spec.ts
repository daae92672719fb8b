import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ruleDeclaration, RulesRepository } from '#libs/routing';
import { aDatabase, type TestDatabase } from '../../support/database.js';

describe('RulesRepository', () => {
  let store: TestDatabase;
  const rules = new RulesRepository();
  beforeAll(async () => {
    store = await aDatabase();
  });
  afterAll(() => store.close());

  const declared = (name: string, more: object = {}) =>
    ruleDeclaration.parse({ name, when: { words: ['слово'] }, then: { priority: 1 }, ...more });

  it('replaces all rules, keeps the ids of those that keep their name, and gives them in order', async () => {
    await rules.replace(store.db, [declared('a'), declared('b'), declared('c')]);
    const before = new Map((await rules.list(store.db)).map(({ name, id }) => [name, id]));
    await rules.replace(store.db, [
      declared('c', { enabled: false }),
      declared('d'),
      declared('a', { then: { queue: 'q' } }),
    ]);
    const after = await rules.list(store.db);
    expect(after.map(({ name }) => name)).toEqual(['c', 'd', 'a']);
    expect(after[0]).toMatchObject({ id: before.get('c'), enabled: false });
    expect(after[2]).toMatchObject({ id: before.get('a'), outcome: { queue: 'q' }, condition: { words: ['слово'] } });
    expect((await rules.enabled(store.db)).map(({ name }) => name)).toEqual(['d', 'a']);
  });
});
