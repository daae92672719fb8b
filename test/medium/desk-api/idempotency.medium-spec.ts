import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { aDesk, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
let admin: string;
beforeAll(async () => {
  desk = await aDesk();
  admin = await desk.signIn('administrator');
});
afterAll(() => desk.close());

const person = (email: string) => ({ email, name: 'x', role: 'director' });
const add = (key: string, body: unknown, as: object = { cookie: admin }) =>
  desk.call('POST', '/api/v1/people', { ...as, body, headers: { 'idempotency-key': key } });
const countOf = async (email: string) => (await rows(desk.db, `select 1 from person where email = $1`, [email])).length;

describe('Idempotency-Key', () => {
  it('gives a repetition the first answer, marked as such, and no second effect', async () => {
    const first = await add('repeat', person('a@x.test'));
    const again = await add('repeat', person('a@x.test'));
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect([again.status, again.headers.get('idempotency-replayed'), again.text]).toEqual([201, 'true', first.text]);
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
  });

  it('lets one of twenty at once have the effect, and gives all the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => add('race', person('b@x.test'))));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers.filter(({ headers }) => !headers.has('idempotency-replayed'))).toHaveLength(1);
    expect(await countOf('b@x.test')).toBe(1);
  });

  it('refuses another body under a key that was used', async () => {
    await add('other', person('c@x.test'));
    const answer = await add('other', person('d@x.test'));
    expect([answer.status, answer.body.code]).toEqual([422, 'idempotency_key_reused']);
    expect(await countOf('d@x.test')).toBe(0);
  });

  it('belongs to its caller', async () => {
    await add('mine', person('e@x.test'));
    const answer = await add('mine', person('f@x.test'), { key: await desk.keyWith('people:manage') });
    expect([answer.status, answer.headers.get('idempotency-replayed')]).toEqual([201, null]);
  });

  it('is free again after a refusal', async () => {
    expect((await add('again', { name: 'x' })).status).toBe(400);
    expect((await add('again', person('a@x.test'))).status).toBe(409);
    expect((await add('again', person('g@x.test'))).status).toBe(201);
  });

  it('is forgotten after a day', async () => {
    await add('old', person('h@x.test'));
    await rows(desk.db, `update idempotency_key set created_at = now() - interval '25 hours' where key = 'old'`);
    expect((await add('old', person('i@x.test'))).status).toBe(201);
  });

  it('is taken over from a process that died', async () => {
    await add('died', person('j@x.test'));
    await rows(
      desk.db,
      `update idempotency_key set status = null, response = null, created_at = now() - interval '2 minutes' where key = 'died'`,
    );
    expect((await add('died', person('k@x.test'))).status).toBe(201);
  });

  it('keeps answers sealed', async () => {
    const { body } = await desk.call('POST', '/api/v1/api-keys', {
      cookie: admin,
      body: { name: 'k', scopes: ['metrics'] },
      headers: { 'idempotency-key': 'secret' },
    });
    const kept = await rows<{ text: string }>(
      desk.db,
      `select response::text as text from idempotency_key where key = 'secret'`,
    );
    expect(kept).toHaveLength(1);
    expect(kept[0]?.text).not.toContain(body.key.slice('sbk_'.length + 12 + 1));
  });

  it.each(['', 'with space', 'х', 'x'.repeat(256)])('refuses the key %j', async (key) => {
    const answer = await desk.call('POST', '/api/v1/people', {
      cookie: admin,
      body: person('z@x.test'),
      headers: { 'idempotency-key': encodeURI(key) === key ? key : 'a b' },
    });
    expect(answer.status).toBe(400);
  });
});
