import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Settlement } from '../../../libs/channels/src/outbox/outbox-row.js';
import { eventually } from '../../support/eventually.js';
import { aDesk, anAccount, type Desk } from './kit/a-desk.js';
import { newOutbox, outbound } from './kit/items.js';

describe('outbox', () => {
  let desk: Desk;
  let accountId: string;
  let n = 0;
  let key: string;
  beforeAll(async () => {
    desk = await aDesk();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    n += 1;
    key = `k${n}`;
    accountId = (await anAccount(desk, key)).id;
  });

  const add = (...texts: string[]) =>
    desk.outbox.add(
      desk.db,
      texts.map((text) => newOutbox(accountId, `${key}-${text}`, { message: outbound(text), orderKey: key })),
    );
  const claim = async (...ids: string[]) => {
    await desk.sending.keepWhole(desk.db, ids);
    return desk.sending.claim(desk.db, ids, 60_000);
  };
  const settle = async (id: string, lease: string, outcome: Settlement) =>
    desk.sending.settle(desk.db, [{ id, lease, outcome }]);
  const sent: Settlement = { state: 'sent', providerId: 'p' };
  const later: Settlement = { state: 'queued', code: 'later', reason: 'busy', afterMs: 60_000 };
  const eventsOf = async (id: string) =>
    (await desk.query<{ event: string }>(`select event from outbox_event where outbox_id = $1 order by id`, [id])).map(
      ({ event }) => event,
    );

  it('adds a wish once, and answers ids in the order of the wishes', async () => {
    const [first] = await add('a');
    expect(await add('b', 'a')).toEqual([expect.not.stringMatching(`^${first}$`), first]);
    expect(await desk.outbox.byExternal(desk.db, [`x-${key}-a`])).toMatchObject([{ id: first, destination: '7' }]);
  });

  it('sends rows of one order one after another', async () => {
    const [a, b] = await add('a', 'b');
    const [claimed] = await claim(a!, b!);
    expect(claimed).toMatchObject({ id: a, attempts: 1, probe: false, message: { text: 'a' } });
    expect(await claim(b!)).toEqual([]);
    await settle(a!, claimed!.lease, later);
    // The first one waits for its time, the second for the first.
    expect(await claim(a!, b!)).toEqual([]);
    await desk.query(`update outbox set next_at = now() where id = $1`, [a]);
    const [again] = await claim(a!, b!);
    await settle(a!, again!.lease, { state: 'failed', code: 'no', reason: 'no' });
    expect(await desk.sending.leading(desk.db, 'talk', [key])).toEqual(new Map([[key, b]]));
    expect(await claim(b!)).toMatchObject([{ id: b }]);
    expect(await eventsOf(a!)).toEqual(['retry', 'failed']);
  });

  it('gives one row to one of many who claim it at once', async () => {
    const [a] = await add('a');
    await desk.sending.keepWhole(desk.db, [a!]);
    const claims = await Promise.all(Array.from({ length: 5 }, () => desk.sending.claim(desk.db, [a!], 60_000)));
    expect(claims.flat()).toHaveLength(1);
  });

  it('lets nobody pass the fence without the lease, twice, or too late', async () => {
    const [a] = await add('a');
    const [row] = await claim(a!);
    const fence = (lease: string, needMs = 1_000) => desk.sending.fence(desk.db, [{ id: a!, lease }], needMs);
    expect(await fence('00000000-0000-4000-8000-000000000000')).toEqual([]);
    expect(await fence(row!.lease, 70_000)).toEqual([]);
    expect(await fence(row!.lease)).toEqual([a]);
    expect(await fence(row!.lease)).toEqual([]);
  });

  it('takes an outcome once, under its lease, and tells the desk', async () => {
    const before = await desk.events.lastId(desk.db);
    const [a] = await desk.outbox.add(desk.db, [newOutbox(accountId, key, { ticketId: '5', messageId: '6' })]);
    const [row] = await claim(a!);
    expect(await settle(a!, row!.lease, sent)).toMatchObject([
      { state: 'sent', providerId: 'p', sentAt: expect.any(Date) },
    ]);
    expect(await settle(a!, row!.lease, { state: 'failed', code: 'x', reason: 'x' })).toEqual([]);
    const told = await eventually(async () => {
      const found = await desk.events.after(desk.db, before, 10);
      return found.length > 0 && found;
    });
    expect(told).toMatchObject([
      { type: 'delivery.changed', ticketId: '5', data: { outboxId: a, messageId: '6', state: 'sent' } },
    ]);
    expect(await desk.accounts.get(desk.db, accountId)).toMatchObject({ lastOutAt: expect.any(Date) });
    expect(await desk.outbox.byProvider(desk.db, 'talk', ['p'])).toMatchObject([{ id: a }]);
  });

  it('frees what a dead sender had not begun, and calls the rest unknown', async () => {
    const ids = await desk.outbox.add(
      desk.db,
      ['a', 'b'].map((text) => newOutbox(accountId, `${key}-${text}`, { orderKey: `${key}-${text}` })),
    );
    const rows = await claim(...ids);
    await desk.sending.fence(desk.db, [rows[1]!], 1_000);
    await desk.query(`update outbox set lease_until = now() - interval '1 s' where id = any($1)`, [ids]);
    const expired = await desk.database.transaction((tx) => desk.sending.expire(tx, 'talk'));
    expect(expired).toMatchObject([
      { id: ids[0], state: 'queued' },
      { id: ids[1], state: 'unknown', reasonCode: 'no-answer' },
    ]);
    expect(await settle(rows[0]!.id, rows[0]!.lease, sent)).toEqual([]);
    expect(await desk.sending.due(desk.db, 'talk', 500)).toContain(ids[0]);
  });

  it('keeps the parts of a message together, before what comes later', async () => {
    const [long, next] = await add('one two three', 'next');
    const parts = ['one', 'two', 'three'].map((text) => outbound(text));
    await desk.sending.split(desk.db, long!, parts);
    await desk.sending.split(desk.db, long!, parts);
    const rows = await desk.query<{ id: string; part: number }>(
      `select id, part from outbox where coalesce(origin_id, id) = $1 order by part`,
      [long],
    );
    expect(rows.map(({ part }) => part)).toEqual([1, 2, 3]);
    const all = [...rows.map(({ id }) => id), next!];
    await desk.sending.keepWhole(desk.db, [next!]);
    const left: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const claimed = await desk.sending.claim(desk.db, [...all].reverse(), 60_000);
      expect(claimed).toHaveLength(1);
      left.push(claimed[0]!.message.text);
      await settle(claimed[0]!.id, claimed[0]!.lease, sent);
    }
    expect(left).toEqual(['one', 'two', 'three', 'next']);
  });

  describe('a held account', () => {
    const separate = (...texts: string[]) =>
      desk.outbox.add(
        desk.db,
        texts.map((text) => newOutbox(accountId, `${key}-${text}`, { orderKey: `${key}-${text}` })),
      );
    const endHold = () => desk.query(`update account set hold_until = now() where id = $1`, [accountId]);
    const holds = async () =>
      (await desk.query<{ holds: number }>(`select holds from account where id = $1`, [accountId]))[0];

    it('sends nothing, then one probe, then all', async () => {
      const ids = await separate('a', 'b', 'c');
      await desk.sending.hold(desk.db, accountId, undefined, false);
      expect(await claim(...ids)).toEqual([]);
      expect(await desk.sending.due(desk.db, 'talk', 500)).not.toContain(ids[0]);
      await endHold();
      const probes = await claim(...ids);
      expect(probes).toMatchObject([{ id: ids[0], probe: true }]);
      expect(await claim(...ids)).toEqual([]);
      expect(await desk.sending.release(desk.db, [accountId])).toEqual([accountId]);
      expect(await claim(...ids)).toMatchObject([{ id: ids[1], probe: false }, { id: ids[2] }]);
    });

    it('counts rows that fail together once, and each failed probe', async () => {
      for (let row = 0; row < 8; row += 1) await desk.sending.hold(desk.db, accountId, undefined, false);
      expect(await holds()).toEqual({ holds: 1 });
      await endHold();
      await desk.sending.hold(desk.db, accountId, 1_000, true);
      expect(await holds()).toEqual({ holds: 2 });
    });

    it('waits as long as the longest delay that was asked for', async () => {
      await desk.sending.hold(desk.db, accountId, 500_000, false);
      await desk.sending.hold(desk.db, accountId, 1_000, false);
      const [row] = await desk.query<{ long: boolean }>(
        `select hold_until > now() + interval '400 s' as long from account where id = $1`,
        [accountId],
      );
      expect(row).toEqual({ long: true });
    });
  });

  describe('people', () => {
    const ended = async (outcome: Settlement) => {
      const [id] = await add('a');
      const [row] = await claim(id!);
      await settle(id!, row!.lease, outcome);
      return id!;
    };

    it('may send again what failed or is unknown, and nothing else', async () => {
      const unknown = await ended({ state: 'unknown', code: 'no-answer', reason: '' });
      expect(await desk.outbox.retry(desk.db, unknown)).toMatchObject({ state: 'queued', attempts: 0 });
      expect(await desk.outbox.retry(desk.db, unknown)).toBeUndefined();
      expect(await eventsOf(unknown)).toEqual(['unknown', 'retried']);
    });

    it('may say that an unknown one did arrive', async () => {
      const unknown = await ended({ state: 'unknown', code: 'no-answer', reason: '' });
      expect(await desk.outbox.markSent(desk.db, unknown)).toMatchObject({ state: 'sent' });
      expect(await desk.outbox.markSent(desk.db, unknown)).toBeUndefined();
    });

    it('see what was not delivered', async () => {
      const failed = await ended({ state: 'failed', code: 'no', reason: 'no' });
      const [waiting] = await desk.outbox.add(desk.db, [newOutbox(accountId, `${key}-w`, { orderKey: `${key}-w` })]);
      expect((await desk.outbox.undelivered(desk.db, { accountId })).items).toMatchObject([{ id: failed }]);
      const [row] = await claim(waiting!);
      await settle(waiting!, row!.lease, later);
      const page = await desk.outbox.undelivered(desk.db, { accountId, limit: 1 });
      expect(page).toMatchObject({ items: [{ id: failed }], next: failed });
      expect((await desk.outbox.undelivered(desk.db, { accountId, limit: 1 }, page.next)).items).toMatchObject([
        { id: waiting, reasonCode: 'later', reason: 'busy' },
      ]);
    });
  });

  it('finds what nobody rang for, and lets what the desk wrote by itself wait when it should', async () => {
    const wish = (text: string, automatic: boolean) =>
      newOutbox(accountId, `${key}-${text}`, { orderKey: `${key}-${text}`, automatic });
    const [own, reply] = await desk.outbox.add(desk.db, [wish('own', true), wish('reply', false)], { rung: false });
    const [rung] = await add('rung');
    const busy = await desk.sending.due(desk.db, 'talk', 500, 60_000);
    expect(busy).toContain(reply);
    expect(busy).not.toContain(own);
    expect(busy).not.toContain(rung);
    await desk.query(`update outbox set created_at = now() - interval '61 s' where id = $1`, [own!]);
    expect(await desk.sending.due(desk.db, 'talk', 500, 60_000)).toContain(own);
  });

  it('counts what the desk sent by itself to each destination', async () => {
    const to = (name: string, automatic: boolean, part: string) =>
      newOutbox(accountId, `${key}-${name}-${part}`, {
        message: outbound('hi', `${key}${name}`),
        automatic,
        ticketId: '1',
      });
    await desk.outbox.add(desk.db, [to('a', true, '1'), to('a', true, '2'), to('a', false, '3'), to('b', false, '4')]);
    const counts = await desk.outbox.automaticCounts(desk.db, 'talk', [`${key}a`, `${key}b`]);
    expect(counts).toEqual(new Map([[`${key}a`, 2]]));
  });
});
