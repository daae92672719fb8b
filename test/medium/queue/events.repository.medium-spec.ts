import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { rows, type Db } from '#libs/database';
import { EventBell, EventsRepository, type StoredEvent } from '#libs/queue';
import { aDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';

const events = new EventsRepository();
let desk: TestDatabase;

/** A transaction that a test holds open. */
async function opened(): Promise<{ tx: Db; commit: () => Promise<void>; rollback: () => Promise<void> }> {
  const runner = desk.database.db.connection.createQueryRunner();
  await runner.startTransaction();
  const end = (how: 'commitTransaction' | 'rollbackTransaction') => async (): Promise<void> => {
    await runner[how]();
    await runner.release();
  };
  return { tx: runner.manager, commit: end('commitTransaction'), rollback: end('rollbackTransaction') };
}

const told = (ticketId: string) => ({ type: 'ticket.changed', ticketId }) as const;
const tickets = (found: readonly StoredEvent[]): (string | null)[] => found.map(({ ticketId }) => ticketId);
/** All that a follower sees which reads now and goes on from where it stood. */
const follow = async (from: string): Promise<{ seen: (string | null)[]; at: string }> => {
  const found = await events.after(desk.db, from, 100);
  return { seen: tickets(found), at: found.at(-1)?.id ?? from };
};

/** Waits until every event is behind all open transactions: those of other tests on the same server hold events back too. */
const settled = () =>
  eventually(async () => {
    const sql = `select coalesce(max(xact) < pg_snapshot_xmin(pg_current_snapshot()), true) as all_shown from (
      select xact from event order by xact desc limit 1) e`;
    return (await rows<{ all_shown: boolean }>(desk.db, sql))[0]?.all_shown;
  });

beforeAll(async () => {
  desk = await aDatabase();
});
beforeEach(() => rows(desk.db, 'truncate event restart identity'));
afterAll(() => desk.close());

describe('EventsRepository', () => {
  it('gives back what was added, in order and by pages', async () => {
    await events.add(desk.db, [
      { type: 'ticket.created', ticketId: '7', queueId: '3', data: { assigned: true, reason: null } },
      { type: 'presence.changed' },
    ]);
    await settled();
    const [first] = await events.after(desk.db, '0', 1);
    expect(first).toEqual({
      id: '1',
      at: expect.any(Date),
      type: 'ticket.created',
      ticketId: '7',
      queueId: '3',
      data: { assigned: true, reason: null },
    });
    const rest = await events.after(desk.db, '1', 10);
    expect(rest).toMatchObject([{ id: '2', type: 'presence.changed', ticketId: null, queueId: null, data: {} }]);
    await expect(events.lastId(desk.db)).resolves.toBe('2');
  });

  it('is empty at first', async () => {
    await expect(events.lastId(desk.db)).resolves.toBe('0');
    await expect(events.after(desk.db, '0', 10)).resolves.toEqual([]);
  });

  it('holds newer events back while an older transaction may still add', async () => {
    const late = await opened();
    await events.add(late.tx, [told('1')]);
    await events.add(desk.db, [told('2')]);
    const before = await follow('0');
    expect(before.seen).toEqual([]);
    await late.commit();
    await settled();
    expect((await follow(before.at)).seen).toEqual(['1', '2']);
  });

  it('skips nothing when the older transaction drew the higher id', async () => {
    const older = await opened();
    await rows(older.tx, 'select pg_current_xact_id()');
    const younger = await opened();
    await events.add(younger.tx, [told('1')]);
    await events.add(older.tx, [told('2')]);
    await older.commit();
    const first = await follow('0');
    await younger.commit();
    await settled();
    const second = await follow(first.at);
    expect(new Set([...first.seen, ...second.seen])).toEqual(new Set(['1', '2']));
  });

  it('goes on after a transaction that was rolled back', async () => {
    const failed = await opened();
    await events.add(failed.tx, [told('1')]);
    await failed.rollback();
    await events.add(desk.db, [told('2')]);
    await settled();
    expect((await follow('0')).seen).toEqual(['2']);
  });

  it('resumes where an event was cleaned away', async () => {
    await events.add(desk.db, ['1', '2', '3'].map(told));
    await settled();
    await rows(desk.db, 'delete from event where id <= 2');
    expect((await follow('2')).seen).toEqual(['3']);
    expect((await follow('1')).seen).toEqual(['3']);
  });

  it('gives nothing of the past to whoever names a place behind the end', async () => {
    await events.add(desk.db, [told('1')]);
    expect((await follow('9000000000000000000')).seen).toEqual([]);
  });
});

describe('EventBell', () => {
  const listen = () => {
    const bell = new EventBell(desk.url);
    const rings = new EventEmitter();
    const stop = bell.subscribe(() => rings.emit('ring'));
    return { bell, rings, stop };
  };

  it('rings when events are committed, and not before', async () => {
    const { bell, rings } = listen();
    await once(rings, 'ring');
    const { tx, commit } = await opened();
    await events.add(tx, [told('1')]);
    let rang = false;
    rings.once('ring', () => {
      rang = true;
    });
    await rows(desk.db, 'select 1');
    expect(rang).toBe(false);
    const ring = once(rings, 'ring');
    await commit();
    await ring;
    await bell.onApplicationShutdown();
  });

  it('listens again after its connection broke, and rings for what was missed', async () => {
    const { bell, rings } = listen();
    await once(rings, 'ring');
    const again = once(rings, 'ring');
    await rows(
      desk.db,
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'switchboard events' and datname = current_database()`,
    );
    await again;
    const ring = once(rings, 'ring');
    await events.add(desk.db, [told('1')]);
    await ring;
    await bell.onApplicationShutdown();
  });
});
