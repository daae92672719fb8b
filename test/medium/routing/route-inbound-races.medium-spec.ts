import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { InboxRepository } from '#libs/channels';
import { Database } from '#libs/database';
import { EventsRepository, JobQueue } from '#libs/queue';
import { RouteInbound } from '#libs/routing';
import { DecisionsRepository } from '#libs/tickets';
import { AnIntake, chat, mail } from './an-intake.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_none, index) => index);

describe('RouteInbound under trouble', () => {
  let intake: AnIntake;
  beforeAll(async () => {
    intake = await AnIntake.open();
  });
  afterAll(() => intake.close());

  /** What is written of the items that were put, apart from the ledger itself. */
  const written = async () => ({
    ticket: await intake.count('ticket'),
    message: await intake.count('message'),
    requester: await intake.count('requester'),
    outbox: await intake.count('outbox'),
    event: await intake.count('event'),
    decision: await intake.count('decision'),
  });

  it('doubles nothing when several routers take the same rows at once', async () => {
    const before = await written();
    const senders = numbers(40).map((n) => `race${n % 10}@x.test`);
    const ids: string[] = [];
    for (const sender of senders) ids.push(await intake.put(mail(sender)));
    const ends = await Promise.all([intake.route(ids), intake.route([...ids].reverse()), intake.route(ids.slice(10))]);
    const routed = ends.flat();
    expect(routed.map(({ inboxId }) => inboxId).sort()).toEqual([...ids].sort());
    const after = await written();
    expect(after.ticket - before.ticket).toBe(40);
    expect(after.requester - before.requester).toBe(10);
    expect(after.message - before.message).toBe(80);
    expect(after.outbox - before.outbox).toBe(40);
  });

  it('gives one requester to messages of a new sender that two routers take at the same moment', async () => {
    for (const n of numbers(10)) {
      const ids = [await intake.put(mail(`pair${n}@x.test`)), await intake.put(mail(`pair${n}@x.test`))];
      await Promise.all(ids.map((id) => intake.route([id])));
    }
    const owners = await intake.desk.sql(
      `select count(distinct t.requester_id)::int as n from ticket t where reply_to like 'pair%' group by reply_to`,
    );
    expect(owners).toEqual(numbers(10).map(() => ({ n: 1 })));
    expect(
      await intake.desk.sql(
        `select 1 from requester r where not exists (select from requester_address a where a.requester_id = r.id)`,
      ),
    ).toEqual([]);
  });

  it('keeps the order of a burst from one chat, whoever routes it', async () => {
    const lines = numbers(12).map((n) => `строка ${n}`);
    const ids: string[] = [];
    for (const line of lines) ids.push(await intake.put(chat(501, line), { orderKey: '501' }));
    let left = ids;
    while (left.length > 0) {
      const ends = await Promise.all([
        intake.route(left),
        intake.route(left.slice(5)),
        intake.route([...left].reverse()),
      ]);
      const done = new Set(ends.flat().map(({ inboxId }) => inboxId));
      left = left.filter((id) => !done.has(id));
    }
    const said = await intake.desk.sql<{ text: string }>(
      `select text from message where author_address = '501' and type = 'inbound' order by id`,
    );
    expect(said.map(({ text }) => text)).toEqual(lines);
    expect(await intake.desk.sql(`select 1 from ticket where conversation = '501'`)).toHaveLength(1);
  });

  it('numbers a burst of one sender in the order it came', async () => {
    const ids: string[] = [];
    for (const n of numbers(8)) ids.push(await intake.put(mail('burst@x.test', { subject: `Письмо ${n}` })));
    await intake.route(ids);
    const tickets = await intake.desk.sql<{ subject: string }>(
      `select subject from ticket where reply_to = 'burst@x.test' order by number`,
    );
    expect(tickets.map(({ subject }) => subject)).toEqual(numbers(8).map((n) => `Письмо ${n}`));
  });

  it('writes nothing at all of a round that fails at its end, and all of it at the next attempt', async () => {
    const before = await written();
    const ids = [await intake.put(mail('crash1@x.test')), await intake.put(mail('crash2@x.test'))];
    const failing = jest
      .spyOn(intake.desk.get(DecisionsRepository), 'add')
      .mockRejectedValue(new Error('the process died here'));
    expect(await intake.route(ids)).toEqual([]);
    failing.mockRestore();
    expect(await written()).toEqual(before);
    expect(
      await intake.desk.sql('select state, attempts, reason from inbox where id = any($1) order by id', [ids]),
    ).toEqual(ids.map(() => ({ state: 'ready', attempts: 1, reason: 'Error' })));
    await intake.desk.sql('update inbox set next_at = now() where id = any($1)', [ids]);
    expect(await intake.route(ids)).toHaveLength(2);
  });

  it('sets a row that cannot be routed aside alone', async () => {
    const poison = await intake.put(mail('poison@x.test'));
    await intake.desk.sql(`update inbox set message = message - 'thread' where id = $1`, [poison]);
    const good = [await intake.put(mail('good1@x.test')), await intake.put(mail('good2@x.test'))];
    const ends = await intake.route([good[0]!, poison, good[1]!]);
    expect(ends.map(({ inboxId, fate }) => [inboxId, fate])).toEqual(good.map((id) => [id, 'ticket']));
    expect(await intake.desk.sql('select state, attempts from inbox where id = $1', [poison])).toEqual([
      { state: 'ready', attempts: 1 },
    ]);
  });

  it('does not lose an item of which both copies are routed at once', async () => {
    const account = await intake.mailbox('race-copy');
    for (const n of numbers(10)) {
      const item = mail(`copy${n}@x.test`);
      const ids = [
        await intake.put(item, { contentKey: `c${n}` }),
        await intake.put(item, { contentKey: `c${n}`, account }),
      ];
      await Promise.all(ids.map((id) => intake.route([id])));
    }
    const tickets = await intake.desk.sql(
      `select count(*)::int as n from ticket where reply_to like 'copy%' group by reply_to`,
    );
    expect(tickets).toEqual(numbers(10).map(() => ({ n: 1 })));
  });

  it('wakes a ticket once when several answers come at once', async () => {
    const first = mail('wake@x.test');
    const { ticketId } = await intake.take(first);
    await intake.desk.sql(`update work_item set state = 'done' where ticket_id = $1`, [ticketId]);
    await intake.desk.sql(`update ticket set state = 'pending' where id = $1`, [ticketId]);
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1)
      ids.push(await intake.put(mail('wake@x.test', { thread: { references: [first.externalId] } })));
    await Promise.all([intake.route(ids.slice(0, 3)), intake.route(ids.slice(3))]);
    expect(
      await intake.desk.sql(`select state from work_item where ticket_id = $1 and state <> 'done'`, [ticketId]),
    ).toEqual([{ state: 'waiting' }]);
    expect((await intake.messages(ticketId)).filter(({ type }) => type === 'inbound')).toHaveLength(7);
  });

  it('leaves rows alone that are done, and ids that do not exist', async () => {
    const id = await intake.put(mail('done-twice@x.test'));
    await intake.route([id]);
    expect(await intake.route([id, '999999999'])).toEqual([]);
  });

  it('lets the dispatcher try again when the database goes away', async () => {
    const gone = { transaction: () => Promise.reject(new Error('connection refused')), db: intake.desk.store.db };
    const router = new RouteInbound(
      gone as unknown as Database,
      intake.desk.get(InboxRepository),
      {} as never,
      intake.desk.get(DecisionsRepository),
      intake.desk.get(EventsRepository),
      intake.desk.queue as unknown as JobQueue,
    );
    await expect(router.route(['1'])).rejects.toThrow('connection refused');
  });
});
