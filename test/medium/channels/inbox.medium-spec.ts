import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Intake } from '#libs/channels';
import { inboundMessage } from '#libs/contracts';
import { aDesk, anAccount, type Desk } from './kit/a-desk.js';
import { rawItem } from './kit/items.js';

const message = (externalId: string, references: readonly string[] = []) =>
  inboundMessage.parse({
    v: 1,
    type: 'message',
    externalId,
    sender: { addresses: [] },
    replyTo: '7',
    text: 'hello',
    thread: { references },
  });

describe('inbox', () => {
  let desk: Desk;
  let intake: Intake;
  beforeAll(async () => {
    desk = await aDesk();
    intake = new Intake(desk.database, desk.files, desk.raw);
  });
  afterAll(() => desk.close());

  const takeReady = (ids: readonly string[]) => desk.database.transaction((tx) => desk.inbox.takeReady(tx, ids));
  /** Rows of `keys` that are normalized, in order, each with its order key. */
  const readyRows = async (account: string, items: readonly ReturnType<typeof rawItem>[]) => {
    const { id } = await anAccount(desk, account);
    const stored = await intake.put({ id, channel: 'talk' }, items);
    await desk.raw.ready(
      desk.db,
      stored.map((row) => ({ id: row.id, message: message(row.externalKey) })),
    );
    return { accountId: id, ids: stored.map((row) => row.id) };
  };

  describe('Intake', () => {
    it('stores what is new once, in order, with bytes and cursor', async () => {
      const account = await anAccount(desk, 'intake');
      const cursor = { name: 'INBOX', epoch: '1', position: '2' };
      const first = await intake.put(account, [rawItem('a'), rawItem('b'), rawItem('a')], cursor, 60_000);
      const again = await intake.put(account, [rawItem('b'), rawItem('c')], { ...cursor, position: '3' });
      expect([first, again].map((rows) => rows.map(({ externalKey }) => externalKey))).toEqual([['a', 'b'], ['c']]);
      expect(await desk.files.get(first[0]!.raw)).toEqual(rawItem('a').bytes);
      expect(await desk.raw.cursor(desk.db, account.id, 'INBOX')).toEqual({ ...cursor, position: '3' });
      // 'a' and 'b' are claimed by whoever put them, 'c' is anybody's.
      expect((await desk.raw.take(desk.db, 'talk', 10, 0)).map(({ externalKey }) => externalKey)).toEqual(['c']);
    });

    it('never moves a cursor back within an epoch', async () => {
      const account = await anAccount(desk, 'cursor');
      const at = (epoch: string, position: string) => intake.put(account, [], { name: 'm', epoch, position });
      await at('1', '9007199254740993');
      await at('1', '5');
      expect(await desk.raw.cursor(desk.db, account.id, 'm')).toMatchObject({ position: '9007199254740993' });
      await at('2', '5');
      expect(await desk.raw.cursor(desk.db, account.id, 'm')).toMatchObject({ epoch: '2', position: '5' });
    });

    it('keeps neither rows nor cursor when the transaction fails', async () => {
      const account = await anAccount(desk, 'rollback');
      const cursor = { name: 'm', epoch: '1', position: 'not a number' };
      await expect(intake.put(account, [rawItem('a')], cursor)).rejects.toThrow();
      expect(await desk.inbox.ledger(desk.db, { accountId: account.id })).toEqual({ items: [], next: undefined });
      // The bytes were stored already: that hinders nobody from coming again.
      expect(await intake.put(account, [rawItem('a')])).toHaveLength(1);
    });

    it('stores texts that PostgreSQL cannot hold as they are', async () => {
      const account = await anAccount(desk, 'texts');
      const [row] = await intake.put(account, [rawItem('nul\0 and \ud800')]);
      expect(row!.externalKey).toBe('nul and \ufffd');
    });

    it('takes in thousands of rows a second', async () => {
      const account = await anAccount(desk, 'many');
      const items = Array.from({ length: 2000 }, (_, n) => ({ ...rawItem(`m${n}`), bytes: Buffer.from('same') }));
      const from = performance.now();
      await intake.put(account, items);
      expect(performance.now() - from).toBeLessThan(4000);
    });
  });

  describe('takeReady', () => {
    it('leaves an answer alone while another router has what it answers, and takes both together', async () => {
      const { id } = await anAccount(desk, 'answers');
      const stored = await intake.put(
        { id, channel: 'talk' },
        ['question', 'answer', 'stranger'].map((key) => rawItem(key, {}, { order: '' })),
      );
      const [question, answer, stranger] = stored.map((row) => row.id) as [string, string, string];
      await desk.raw.ready(desk.db, [
        { id: answer, message: message('answer', ['gone', 'question']) },
        { id: stranger, message: message('stranger', ['gone']) },
      ]);
      const taken = async (...ids: string[]) => (await takeReady(ids)).map((row) => row.id);
      // The question is not read yet: it could be what both are about.
      expect(await taken(answer, stranger)).toEqual([]);
      await desk.raw.ready(desk.db, [{ id: question, message: message('question') }]);
      await desk.database.transaction(async (tx) => {
        await desk.inbox.takeReady(tx, [question]);
        expect(await taken(answer, stranger)).toEqual([stranger]);
      });
      expect(await taken(question, answer)).toEqual([question, answer]);
      await desk.inbox.finish(desk.db, [{ id: question, fate: 'ignored', reason: 'test' }]);
      expect(await taken(answer)).toEqual([answer]);
    });

    it('gives rows in order and locks them', async () => {
      const { ids, accountId } = await readyRows('order', [
        rawItem('1', {}, { order: '' }),
        rawItem('2', {}, { order: '' }),
      ]);
      await desk.database.transaction(async (tx) => {
        const mine = await desk.inbox.takeReady(tx, [...ids].reverse());
        expect(mine.map((row) => row.id)).toEqual(ids);
        expect(mine[0]).toMatchObject({
          accountId,
          channel: 'talk',
          externalKey: '1',
          attempts: 0,
          accountQueueId: null,
        });
        expect(mine[0]!.message).toEqual(message('1'));
        expect(await takeReady(ids)).toEqual([]);
      });
    });

    it('leaves a row whose order key has an earlier one, raw or ready, and lets the dispatcher bring it', async () => {
      const { ids } = await readyRows(
        'wait',
        ['1', '2', '3'].map((key) => rawItem(key)),
      );
      const given = async (...wanted: number[]) =>
        (await takeReady(wanted.map((n) => ids[n]!))).map(({ id }) => ids.indexOf(id));
      expect(await given(1, 2)).toEqual([]);
      expect(await given(0, 2)).toEqual([0]);
      expect(await given(0, 1)).toEqual([0, 1]);
      await desk.query(`update inbox set state = 'raw' where id = $1`, [ids[0]]);
      expect(await given(1)).toEqual([]);
      expect(await desk.inbox.due(desk.db, 100)).not.toContain(ids[1]);
      // A quarantined row holds nobody up.
      const freed = await desk.database.transaction((tx) =>
        desk.inbox.finish(tx, [{ id: ids[0]!, fate: 'quarantined', reason: 'poison' }]),
      );
      expect(freed).toEqual([ids[1]]);
      expect(await desk.inbox.due(desk.db, 100)).toContain(ids[1]);
      expect(await given(1)).toEqual([1]);
    });

    it('waits no longer for a row that failed again and again', async () => {
      const { ids } = await readyRows('patience', [rawItem('1'), rawItem('2')]);
      const later = async () => (await takeReady([ids[1]!])).length;
      const waits: number[] = [];
      for (let failure = 0; failure < 5; failure += 1) {
        waits.push(await later());
        await desk.inbox.failAttempt(desk.db, ids[0]!, 'oops');
      }
      expect([waits, await later()]).toEqual([[0, 0, 0, 0, 0], 1]);
    });

    it('leaves a row whose earlier one is in the hands of another router', async () => {
      const { ids } = await readyRows('hands', [rawItem('1'), rawItem('2')]);
      await desk.database.transaction(async (tx) => {
        await desk.inbox.takeReady(tx, [ids[0]!]);
        expect(await takeReady([ids[1]!])).toEqual([]);
      });
    });

    it('names the row that the same content came by before', async () => {
      const item = (key: string) => rawItem(key, {}, { content: 'same', order: '' });
      const [one, two] = [await readyRows('copy-1', [item('1')]), await readyRows('copy-2', [item('1')])];
      const duplicates = async () => (await takeReady([...one.ids, ...two.ids])).map(({ duplicateOf }) => duplicateOf);
      expect(await duplicates()).toEqual([null, one.ids[0]]);
      // The later one was routed first: then the earlier one is the copy.
      await desk.inbox.finish(desk.db, [{ id: two.ids[0]!, fate: 'ticket' }]);
      expect(await duplicates()).toEqual([two.ids[0]]);
    });
  });

  describe('finish and failAttempt', () => {
    it('gives each row its end once', async () => {
      const { ids } = await readyRows('ends', [rawItem('1', {}, { order: '' }), rawItem('2', {}, { order: '' })]);
      await desk.inbox.finish(desk.db, [
        { id: ids[0]!, fate: 'ticket', ticketId: '11', messageId: '12' },
        { id: ids[1]!, fate: 'duplicate', duplicateOf: ids[0]! },
      ]);
      await desk.inbox.finish(desk.db, [{ id: ids[0]!, fate: 'ignored' }]);
      const ends = await Promise.all(ids.map((id) => desk.inbox.get(desk.db, id)));
      expect(ends).toMatchObject([
        { state: 'done', fate: 'ticket', ticketId: '11', messageId: '12', doneAt: expect.any(Date) },
        { state: 'done', fate: 'duplicate', duplicateOf: ids[0] },
      ]);
    });

    it('tries a failing row again later, and quarantines it after the last attempt', async () => {
      const { ids } = await readyRows('fails', [rawItem('1')]);
      expect(await desk.inbox.failAttempt(desk.db, ids[0]!, 'oops')).toEqual({ quarantined: false });
      expect(await takeReady(ids)).toEqual([]);
      await desk.query(`update inbox set attempts = 24, next_at = now() where id = $1`, [ids[0]]);
      expect(await takeReady(ids)).toMatchObject([{ attempts: 24 }]);
      expect(await desk.inbox.failAttempt(desk.db, ids[0]!, 'oops')).toEqual({ quarantined: true });
      const row = await desk.inbox.get(desk.db, ids[0]!);
      expect(row).toMatchObject({ state: 'quarantined', fate: 'quarantined', reason: 'oops' });
    });
  });

  describe('due', () => {
    it('names a row again only after half a minute', async () => {
      const { ids } = await readyRows('due', [rawItem('1')]);
      const due = async () => (await desk.inbox.due(desk.db, 500)).filter((id) => ids.includes(id));
      expect(await due()).toEqual([]);
      await desk.query(`update inbox set enqueued_at = now() - interval '31 s' where id = $1`, [ids[0]]);
      expect(await due()).toEqual(ids);
      expect(await due()).toEqual([]);
    });
  });

  describe('putReady', () => {
    it('stores an item of a channel that answers at once, once', async () => {
      const { id: accountId } = await anAccount(desk, 'form');
      const item = { accountId, channel: 'talk', externalKey: 'k', raw: 'ab', rawBytes: 2, message: message('k') };
      const first = await desk.inbox.putReady(desk.db, item);
      expect(first.isNew).toBe(true);
      expect(await desk.inbox.putReady(desk.db, item)).toEqual({ id: first.id, isNew: false });
      expect(await takeReady([first.id])).toMatchObject([{ id: first.id, raw: 'ab', rawBytes: 2 }]);
    });
  });

  describe('ledger and counts', () => {
    it('pages through all that came and counts it by end', async () => {
      const { ids, accountId } = await readyRows(
        'ledger',
        ['1', '2', '3'].map((key) => rawItem(key)),
      );
      await intake.put({ id: accountId, channel: 'talk' }, [rawItem('4')], { name: 'm', epoch: '1', position: '4' });
      await desk.inbox.finish(desk.db, [{ id: ids[0]!, fate: 'ticket' }]);
      const first = await desk.inbox.ledger(desk.db, { accountId, limit: 3 });
      const rest = await desk.inbox.ledger(desk.db, { accountId, limit: 3 }, first.next);
      expect([first, rest].map(({ items }) => items.map(({ externalKey }) => externalKey))).toEqual([
        ['4', '3', '2'],
        ['1'],
      ]);
      expect(rest.next).toBeUndefined();
      expect((await desk.inbox.ledger(desk.db, { accountId, fate: 'ticket' })).items).toHaveLength(1);
      const counts = await desk.inbox.counts(desk.db);
      expect(counts.find((count) => count.accountId === accountId)).toEqual({
        accountId,
        channel: 'talk',
        name: 'ledger',
        received: 4,
        raw: 1,
        ready: 2,
        quarantined: 0,
        fates: { ticket: 1 },
        lastReceivedAt: expect.any(Date),
        cursors: [{ name: 'm', epoch: '1', position: '4' }],
      });
    });
  });
});
