import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rows } from '#libs/database';
import { DeskError, tellFaults } from '#libs/platform';
import { applyDeskFile } from '../../../apps/switchboard/src/desk-file/apply-desk-file.command.js';
import { aDatabase, type TestDatabase } from '../../support/database.js';

const desk = `
queues:
  - { key: first, title: { ru: Первая, en: First } }
  - { key: second, title: { ru: Вторая, en: Second } }
kinds: [{ key: access, title: { ru: Доступ, en: Access } }]
people:
  - email: Anna@desk.example
    name: Анна
    role: specialist
    password: \${ANNA_PASSWORD}
    specialist: { queues: [first, second], capacity: 7, presence: on }
accounts:
  - { channel: form, name: main, queue: second, settings: { token: { type: hmac, secret: '\${FORM_SECRET}' } } }
rules:
  - { name: Доступ, when: { words: [пароль] }, then: { kind: access, queue: second } }
`;

describe('applyDeskFile', () => {
  let database: TestDatabase;
  let home: string;
  beforeAll(async () => {
    database = await aDatabase();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'desk-file-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const apply = async (text: string, env: Record<string, string> = {}, keep = false): Promise<string | undefined> => {
    const file = join(home, 'desk.yaml');
    await writeFile(file, text);
    const base = {
      DATABASE_URL: database.url,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      DATA_DIR: home,
      DESK_LOCALE: 'en',
      ANNA_PASSWORD: 'a long first password',
      FORM_SECRET: 'hidden from rows',
    };
    return applyDeskFile({ files: [{ path: file, keep }], env: { ...base, ...env } });
  };
  const state = async (): Promise<unknown> => {
    const [found] = await rows<{ state: unknown }>(
      database.db,
      `select json_build_object(
         'people', (select json_agg(json_build_array(p.email, p.name, p.role, p.version, s.capacity, s.presence))
                    from person p join specialist s using (id)),
         'queues', (select json_agg(key order by position) from queue),
         'rules', (select json_agg(json_build_array(name, outcome)) from rule),
         'accounts', (select json_agg(json_build_array(channel, name, version)) from account)) as state`,
    );
    return found?.state;
  };

  it('makes a desk, and the same file again changes nothing', async () => {
    expect(await apply(desk)).toContain('/first-run#');
    const first = await state();
    expect(first).toMatchObject({
      people: [['anna@desk.example', 'Анна', 'specialist', 1, 7, 'on']],
      queues: ['first', 'second'],
      rules: [['Доступ', { kind: 'access', queue: 'second' }]],
      accounts: [['form', 'main', 1]],
    });
    await apply(desk);
    expect(await state()).toEqual(first);
  });

  it('keeps secrets out of readable columns', async () => {
    await apply(desk);
    const [account] = await rows<{ text: string }>(database.db, `select account::text as text from account`);
    expect(account?.text).not.toContain('hidden from rows');
  });

  it('leaves the password and the presence of somebody who is here to them', async () => {
    await apply(desk);
    const hash = `select password_hash as hash from person where email = 'anna@desk.example'`;
    const before = await rows(database.db, hash);
    await rows(database.db, `update specialist set presence = 'away'`);
    await apply(desk, { ANNA_PASSWORD: 'another password here' });
    expect(await rows(database.db, hash)).toEqual(before);
    expect(await rows(database.db, 'select presence from specialist')).toEqual([{ presence: 'away' }]);
    await rows(database.db, `update specialist set presence = 'on'`);
  });

  it('leaves somebody disabled who was, whatever the file says of them', async () => {
    await apply(desk);
    await rows(database.db, `update person set disabled_at = now()`);
    await apply(desk.replace('name: Анна', 'name: Анна Белова'));
    expect(await rows(database.db, `select name, disabled_at is null as "canSignIn" from person`)).toEqual([
      { name: 'Анна Белова', canSignIn: false },
    ]);
    await rows(database.db, `update person set disabled_at = null`);
    await apply(desk);
  });

  it('adds what is missing and keeps what people changed, where it should', async () => {
    const grown = `${desk.replace('kinds:', '  - { key: third, title: { ru: Третья, en: Third } }\nkinds:')}`;
    await apply(desk);
    await rows(database.db, `update person set name = 'Мария'`);
    await rows(database.db, `update specialist set capacity = 3`);
    await rows(database.db, `update queue set title = '{"ru":"Своя","en":"Own"}' where key = 'first'`);
    await rows(database.db, `update account set queue_id = (select id from queue where key = 'first')`);
    await rows(database.db, `delete from rule`);
    await apply(grown, { FORM_SECRET: 'another secret that is long' }, true);
    const [kept] = await rows<object>(
      database.db,
      `select p.name, s.capacity, (select array_agg(key order by id) from queue) as queues,
         (select title ->> 'ru' from queue where key = 'first') as title, (select count(*)::int from rule) as rules,
         (select q.key from account a join queue q on q.id = a.queue_id) as queue, (select version from account) as version
       from person p join specialist s using (id)`,
    );
    expect(kept).toEqual({
      name: 'Мария',
      capacity: 3,
      queues: ['first', 'second', 'third'],
      title: 'Своя',
      rules: 1,
      queue: 'first',
      version: 2,
    });
    await rows(database.db, `delete from queue where key = 'third'`);
    await apply(desk);
  });

  it.each<[string, string, string]>([
    ['a variable that is not set', desk.replace('FORM_SECRET', 'NOWHERE'), 'NOWHERE'],
    [
      'a queue that is not declared',
      desk.replace('queue: second, settings', 'queue: third, settings'),
      'accounts.0.queue',
    ],
    ['a field that nobody knows', `${desk}\nextra: 1\n`, 'extra'],
    ['broken YAML', 'queues: [', 'line'],
    ['a rule with a misspelt condition', desk.replace('words:', 'word:'), 'rules.0.when'],
  ])('refuses %s with its place, and changes nothing', async (_name, text, place) => {
    await apply(desk);
    const before = await state();
    const fault = await apply(text).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(fault).toBeInstanceOf(DeskError);
    const { code, faults } = fault as DeskError;
    expect(code).toBe('invalid_input');
    expect(
      tellFaults('en', faults)
        .map(({ path, message }) => `${path} ${message}`)
        .join('\n'),
    ).toContain(place);
    expect(await state()).toEqual(before);
  });
});
