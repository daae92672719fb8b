import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { Principal } from '#libs/access';
import { BulkActsRepository, BulkActsService, BulkSource, BulkWork, type TicketAct } from '#libs/routing';
import { ADesk } from './a-desk.js';

describe('BulkWork', () => {
  let desk: ADesk;
  let bulk: BulkActsService;
  let work: BulkWork;
  let lead: Principal;
  beforeAll(async () => {
    desk = await ADesk.open();
    bulk = desk.get(BulkActsService);
    work = desk.get(BulkWork);
    lead = await person('supervisor');
  });
  afterAll(() => desk.close());

  const person = async (role: 'supervisor' | 'specialist'): Promise<Principal> => {
    const sql = `insert into person (email, name, role) values (gen_random_uuid() || '@desk.test', 'Олег', $1) returning id`;
    const [row] = await desk.sql<{ id: string }>(sql, [role]);
    return { type: 'person', id: row?.id ?? '', role, email: '', name: 'Олег', locale: 'ru', session: '' };
  };
  const someTickets = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await desk.ticket());
    return ids;
  };
  const statesOf = (ids: readonly string[]) =>
    desk.sql('select state, kind, priority, queue_id as queue from ticket where id = any($1) order by id', [ids]);
  const reasonsOf = async (id: string) =>
    (await desk.get(BulkActsRepository).tickets(desk.store.db, id, ['skipped', 'failed'], 100)).map(
      ({ ticketId, state, reason }) => [ticketId, state, reason?.code],
    );
  const closing: TicketAct = { act: 'close', outcome: 'Рассылка' };

  it('does with many what is done with one, and counts', async () => {
    const ids = await someTickets(3);
    const second = await desk.queueId('second');
    const vera = await desk.specialist(5);
    const acts: TicketAct[] = [
      { act: 'kind', kind: 'access' },
      { act: 'priority', priority: 7 },
      { act: 'move', queue: second },
      { act: 'assign', specialistId: vera.id, force: false },
      { act: 'release' },
      closing,
      { act: 'reopen' },
    ];
    for (const act of acts) {
      const { id } = await bulk.start(act, ids, lead);
      await work.goOn(id);
      expect(await bulk.get(id, lead)).toMatchObject({
        state: 'done',
        total: 3,
        done: 3,
        skipped: 0,
        failed: 0,
        endedAt: expect.any(Date),
      });
    }
    expect(await statesOf(ids)).toEqual(
      ids.map(() => ({ state: 'waiting', kind: 'access', priority: 7, queue: second })),
    );
    expect(await desk.roomHolds()).toBe(true);
    expect(await desk.openItems(vera)).toBe(0);
  });

  it('passes over what it may not do with a ticket, and says why', async () => {
    const [closed = '', open = '', merged = ''] = await someTickets(3);
    await desk.sql(`update ticket set state = 'closed' where id = $1`, [closed]);
    await desk.sql(`update ticket set state = 'closed', merged_into = $2 where id = $1`, [merged, open]);
    const { id } = await bulk.start(closing, [closed, open, merged], lead);
    await work.goOn(id);
    expect(await bulk.get(id, lead)).toMatchObject({ state: 'done', done: 1, skipped: 2, failed: 0 });
    expect(await reasonsOf(id)).toEqual([
      [closed, 'skipped', 'ticket_closed'],
      [merged, 'skipped', 'ticket_closed'],
    ]);
  });

  it('never gives anybody more than they have room for', async () => {
    const ids = await someTickets(5);
    const full = await desk.specialist(2);
    const { id } = await bulk.start({ act: 'assign', specialistId: full.id, force: true }, ids, lead);
    await work.goOn(id);
    expect(await bulk.get(id, lead)).toMatchObject({ done: 2, skipped: 3 });
    expect((await reasonsOf(id)).map(([, , code]) => code)).toEqual(Array(3).fill('specialist_full'));
    expect(await desk.roomHolds()).toBe(true);
  });

  it('has the rights that its actor has by then', async () => {
    const left = await person('supervisor');
    const ids = await someTickets(2);
    const { id } = await bulk.start(closing, ids, left);
    await desk.sql('update person set disabled_at = now() where id = $1', [left.id]);
    await work.goOn(id);
    expect(await bulk.get(id, lead)).toMatchObject({ done: 0, skipped: 2 });
    expect((await reasonsOf(id)).map(([, , code]) => code)).toEqual(['forbidden', 'forbidden']);
    const specialist = await person('specialist');
    const assigning: TicketAct = { act: 'assign', specialistId: lead.id, force: false };
    await expect(bulk.start(assigning, ids, specialist)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is seen by its actor and by those who lead', async () => {
    const [one, other] = [await person('specialist'), await person('specialist')];
    const { id } = await bulk.start(closing, await someTickets(1), one);
    expect((await bulk.get(id, one)).id).toBe(id);
    expect((await bulk.get(id, lead)).id).toBe(id);
    for (const seen of [bulk.get(id, other), bulk.stop(id, other)])
      await expect(seen).rejects.toMatchObject({ code: 'not_found' });
    expect((await bulk.list(one)).map((act) => act.id)).toEqual([id]);
    await work.goOn(id);
  });

  it('can be stopped: what was done stays, the rest is left alone', async () => {
    const ids = await someTickets(4);
    const { id } = await bulk.start(closing, ids, lead);
    expect(await bulk.stop(id, lead)).toMatchObject({ state: 'stopped', done: 0, skipped: 4 });
    await work.goOn(id);
    expect((await statesOf(ids)).map(({ state }) => state)).toEqual(Array(4).fill('waiting'));
    expect((await bulk.stop(id, lead)).state).toBe('stopped');
    const { id: racing } = await bulk.start(closing, ids, lead);
    await Promise.all([work.goOn(racing), bulk.stop(racing, lead)]);
    await work.goOn(racing);
    const { done, skipped, total } = await bulk.get(racing, lead);
    expect(done + skipped).toBe(total);
    const closed = (await statesOf(ids)).filter(({ state }) => state === 'closed');
    expect(closed).toHaveLength(done);
  });

  it('is one act however often it is asked for with one key, and few acts at once', async () => {
    const [ticket = ''] = await someTickets(1);
    const somebody = await person('supervisor');
    const begun = await bulk.start(closing, [ticket], somebody, 'same');
    expect((await bulk.start(closing, [ticket], somebody, 'same')).id).toBe(begun.id);
    for (let n = 0; n < 4; n += 1) await bulk.start(closing, [ticket], somebody);
    await expect(bulk.start(closing, [ticket], somebody)).rejects.toMatchObject({ code: 'too_many_requests' });
    for (const { id } of await bulk.list(somebody)) await work.goOn(id);
    expect((await bulk.start(closing, [ticket], somebody)).state).toBe('running');
  });

  it('tells how far it came, by numbers and ids alone', async () => {
    const { id } = await bulk.start(closing, await someTickets(30), lead);
    await work.goOn(id);
    const events = await desk.sql<{ data: Record<string, unknown> }>(
      `select data from event where type = 'bulk.changed' and data->>'bulkActId' = $1 order by id`,
      [id],
    );
    expect(events.map(({ data }) => [data['state'], data['done'], data['total']])).toEqual([
      ['running', 0, 30],
      ['running', 25, 30],
      ['running', 30, 30],
      ['done', 30, 30],
    ]);
    expect(Object.keys(events[0]?.data ?? {}).sort()).toEqual([
      'bulkActId',
      'done',
      'failed',
      'skipped',
      'state',
      'total',
    ]);
  });

  it('moves no ticket twice and loses none, with several at it and connections that break', async () => {
    const ids = await someTickets(60);
    const { id } = await bulk.start({ act: 'priority', priority: 9 }, ids, lead);
    const killer = new pg.Client({ connectionString: desk.store.url });
    await killer.connect();
    const breakAll = () =>
      killer.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
    let breaks = 0;
    for (let running = true; running;) {
      const workers = Promise.allSettled([work.goOn(id), work.goOn(id), work.goOn(id)]);
      if (breaks < 5) {
        await new Promise((done) => setTimeout(done, 30 + breaks * 15));
        await breakAll();
        breaks += 1;
      }
      await workers;
      running = await bulk.get(id, lead).then(
        ({ state }) => state === 'running',
        () => true,
      );
    }
    await killer.end();
    const act = await bulk.get(id, lead);
    expect(act).toMatchObject({ state: 'done', total: 60, skipped: 0 });
    expect(act.done + act.failed).toBe(60);
    const moves = await desk.sql<{ count: number }>(
      `select count(*)::int as count from decision where ticket_id = any($1) and step = 'move' group by ticket_id`,
      [ids],
    );
    expect(moves).toEqual(Array(act.done).fill({ count: 1 }));
    expect((await statesOf(ids)).filter(({ priority }) => priority === 9)).toHaveLength(act.done);
  });

  it('comes back from its row when its job was lost', async () => {
    const { id } = await bulk.start(closing, await someTickets(1), lead);
    const source = desk.get(BulkSource);
    expect(await source.due(100)).not.toContain(id);
    await desk.sql(`update bulk_act set enqueued_at = now() - interval '31 s' where id = $1`, [id]);
    expect(await source.due(100)).toContain(id);
    expect(await source.due(100)).not.toContain(id);
    await work.goOn(id);
    await desk.sql(`update bulk_act set enqueued_at = now() - interval '31 s' where id = $1`, [id]);
    expect(await source.due(100)).not.toContain(id);
  });
});
