import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AnswerService, AssignWaiting, WaitingSource, WorkItemsRepository, WorkService } from '#libs/routing';
import { SpecialistsRepository } from '#libs/specialists';
import { ADesk } from '../tickets-desk/a-desk.js';

describe('AssignWaiting', () => {
  let desk: ADesk;
  let queueId: string;
  beforeEach(async () => {
    desk = await ADesk.open();
    queueId = await desk.queueId();
  });
  afterEach(() => desk.close());

  const assign = () => desk.get(AssignWaiting).assign([queueId]);
  const tickets = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n += 1) ids.push(await desk.ticket());
    return ids;
  };
  const decisions = (ticketId: string) =>
    desk.sql<{ outcome: string; reason: Record<string, unknown> }>(
      `select outcome, reason from decision where ticket_id = $1 and step = 'assignment' order by id`,
      [ticketId],
    );

  it('opens the ticket for the specialist, counts their room and tells why', async () => {
    const [ticketId] = await tickets(1);
    const vera = await desk.specialist();
    expect(await assign()).toEqual({ assigned: 1, explained: 0 });
    expect(
      await desk.sql('select state, assignee_id as assignee, version from ticket where id = $1', [ticketId]),
    ).toEqual([{ state: 'open', assignee: vera.id, version: 2 }]);
    expect(await desk.openItems(vera)).toBe(1);
    expect(await decisions(ticketId!)).toEqual([
      {
        outcome: 'assigned',
        reason: {
          specialistId: vera.id,
          by: 'least-loaded',
          considered: [{ id: vera.id, openItems: 0, capacity: 5 }],
          eligible: 1,
          queueId,
          priority: 0,
        },
      },
    ]);
    expect(
      await desk.sql(`select type, data ->> 'assigneeId' as assignee from event where ticket_id = $1`, [ticketId]),
    ).toEqual([{ type: 'ticket.changed', assignee: vera.id }]);
  });

  it('spreads work evenly and leaves what is too much, each reason recorded once', async () => {
    const ids = await tickets(5);
    const team = [await desk.specialist(2), await desk.specialist(2)];
    expect(await assign()).toEqual({ assigned: 4, explained: 1 });
    expect(await Promise.all(team.map((one) => desk.openItems(one)))).toEqual([2, 2]);
    expect(await assign()).toEqual({ assigned: 0, explained: 0 });
    expect(await decisions(ids[4]!)).toMatchObject([{ outcome: 'waiting', reason: { why: 'all-full', members: 2 } }]);
  });

  it('says when nobody is there, and when nobody belongs to the queue', async () => {
    const [ticketId] = await tickets(1);
    await assign();
    await desk.specialist(5, 'away');
    await assign();
    await assign();
    expect((await decisions(ticketId!)).map(({ reason }) => reason['why'])).toEqual(['no-members', 'nobody-present']);
  });

  it('gives what waited when somebody comes on', async () => {
    const [ticketId] = await tickets(1);
    const vera = await desk.specialist(5, 'off');
    await assign();
    await desk.get(SpecialistsRepository).setPresence(desk.store.db, vera.id, 'on');
    expect(await assign()).toMatchObject({ assigned: 1 });
    expect((await decisions(ticketId!)).map(({ outcome }) => outcome)).toEqual(['waiting', 'assigned']);
  });

  it('gives nothing to somebody who may not work here any more', async () => {
    await tickets(1);
    const { id } = await desk.specialist();
    await desk.sql('update person set disabled_at = now() where id = $1', [id]);
    expect(await assign()).toMatchObject({ assigned: 0 });
  });

  it('gives nothing to members of other queues', async () => {
    await tickets(1);
    const { id } = await desk.specialist();
    await desk.sql('delete from specialist_queue where specialist_id = $1 and queue_id = $2', [id, queueId]);
    expect(await assign()).toMatchObject({ assigned: 0 });
  });

  it('brings a ticket back to who knows it, however busy, while they have room', async () => {
    const vera = await desk.specialist(3);
    const [known] = await tickets(1);
    await assign();
    await tickets(1);
    await assign();
    await desk.specialist(3);
    await desk.get(AnswerService).reply(known!, { text: 'x', channel: undefined, files: [], then: 'pending' }, vera);
    await desk.get(WorkService).reopen(known!, vera);
    await assign();
    expect(await desk.sql('select assignee_id as assignee from ticket where id = $1', [known])).toEqual([
      { assignee: vera.id },
    ]);
  });

  it('serves the urgent first, then the oldest', async () => {
    const ids = await tickets(3);
    await desk.sql(`update work_item set waiting_since = now() - interval '1 h' where ticket_id = $1`, [ids[1]]);
    await desk.sql(`update work_item set priority = 9 where ticket_id = $1`, [ids[2]]);
    const served: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      await desk.specialist(1);
      await assign();
      const [{ id }] = (await desk.sql<{ id: string }>(
        `select ticket_id as id from work_item where state = 'assigned' order by assigned_at desc, id limit 1`,
      )) as [{ id: string }];
      served.push(id);
    }
    expect(served).toEqual([ids[2], ids[1], ids[0]]);
  });

  it('never overfills anybody when several routers assign at once, and assigns all that fits', async () => {
    await tickets(60);
    for (let n = 0; n < 10; n += 1) await desk.specialist(5);
    const other = await desk.queueId('second');
    await desk.sql(`update work_item set queue_id = $1 where id % 2 = 0`, [other]);
    const router = desk.get(AssignWaiting);
    let assigned = 0;
    for (let round = 0; round < 3; round += 1) {
      const counts = await Promise.all(
        [[queueId, other], [other, queueId], [queueId], [other]].map((ids) => router.assign(ids)),
      );
      assigned += counts.reduce((sum, count) => sum + count.assigned, 0);
    }
    expect(assigned).toBe(50);
    expect(await desk.roomHolds()).toBe(true);
  });

  it('holds room and states together while answers, claims and assignments race', async () => {
    const ids = await tickets(20);
    const team = [await desk.specialist(3), await desk.specialist(3), await desk.specialist(3)];
    const work = desk.get(WorkService);
    const answers = desk.get(AnswerService);
    for (let round = 0; round < 4; round += 1) {
      await Promise.all([
        assign(),
        assign(),
        ...ids.map((id, n) => {
          const by = team[n % 3]!;
          const move =
            n % 2 === 0
              ? answers.reply(id, { text: 'x', channel: undefined, files: [], then: 'pending' }, by)
              : work.claim(id, by);
          return move.then(
            () => undefined,
            () => undefined,
          );
        }),
      ]);
    }
    expect(await desk.roomHolds()).toBe(true);
    const torn = await desk.sql(
      `select t.id from ticket t left join work_item w on w.ticket_id = t.id and w.state <> 'done'
       where (t.state in ('waiting', 'open')) <> (w.id is not null)
          or (t.state = 'open' and (w.state <> 'assigned' or w.specialist_id <> t.assignee_id))
          or (t.state = 'waiting' and w.state <> 'waiting')`,
    );
    expect(torn).toEqual([]);
  });

  describe('WaitingSource', () => {
    const due = () => desk.get(WaitingSource).due(10);

    it('names a queue whose work was never looked at, then only when somebody has room', async () => {
      await tickets(1);
      expect(await due()).toEqual([queueId]);
      await assign();
      await desk.sql(`update queue set offered_at = now() - interval '6 seconds'`);
      expect(await due()).toEqual([]);
      await desk.specialist();
      expect(await due()).toEqual([queueId]);
      expect(await due()).toEqual([]);
    });

    it('names nothing when nothing waits', async () => {
      await desk.specialist();
      expect(await due()).toEqual([]);
    });
  });

  describe('WorkItemsRepository.assignTo', () => {
    const to = (ticketId: string, id: string, force = false) =>
      desk.store.database.transaction((tx) => desk.get(WorkItemsRepository).assignTo(tx, ticketId, id, { force }));

    it('refuses with the reason, and lets force pass over all but capacity', async () => {
      const [ticketId] = await tickets(1);
      const away = await desk.specialist(5, 'away');
      const full = await desk.specialist(0);
      const outside = await desk.specialist();
      await desk.sql('delete from specialist_queue where specialist_id = $1', [outside.id]);
      expect(await to(ticketId!, away.id)).toBe('absent');
      expect(await to(ticketId!, full.id)).toBe('full');
      expect(await to(ticketId!, outside.id)).toBe('not-in-queue');
      expect(await to(ticketId!, full.id, true)).toBe('full');
      expect(await to(ticketId!, outside.id, true)).toBe('assigned');
      expect(await to(ticketId!, away.id, true)).toBe('assigned');
      expect(await Promise.all([outside, away].map((one) => desk.openItems(one)))).toEqual([0, 1]);
      expect(await to('999999', away.id)).toBe('nothing-waiting');
    });
  });
});
