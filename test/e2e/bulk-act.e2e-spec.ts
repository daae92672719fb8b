import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '#libs/database';
import { DeskProcesses, type DeskProcess } from '../support/desk-processes.js';
import { DeskRoles, until } from '../support/desk-roles.js';
import { eventually } from '../support/eventually.js';

interface Bulk {
  readonly id: string;
  readonly state: string;
  readonly total: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
}

describe('one act on many tickets', () => {
  const count = 600;
  let desk: DeskRoles;
  let routers: DeskProcesses;
  let router: DeskProcess;
  beforeAll(async () => {
    desk = await DeskRoles.start(['desk-api']);
    routers = new DeskProcesses(desk.environment);
    router = await routers.start('router');
    await rows(
      desk.database.db,
      `with r as (insert into requester (name) values ('Олег') returning id),
       t as (insert into ticket (subject, queue_id, requester_id, channel)
         select 'Обращение ' || n, q.id, r.id, 'phone' from r, queue q, generate_series(1, ${count}) n
         returning id, queue_id)
       insert into work_item (ticket_id, queue_id) select id, queue_id from t`,
    );
  }, 60_000);
  afterAll(async () => {
    await routers.stop();
    await desk.close();
  });

  it('goes on where a killed router left it, and acts on no ticket twice', async () => {
    const begun = await desk.call<Bulk>(desk.program, 'POST', 'tickets/bulk', {
      act: 'close',
      outcome: 'Работы окончены',
      filter: { channel: ['phone'], state: ['waiting'] },
    });
    expect(begun).toMatchObject({ status: 202, body: { state: 'running', total: count } });
    const look = async () => (await desk.call<Bulk>(desk.program, 'GET', `tickets/bulk/${begun.body.id}`)).body;
    await until(look, ({ done }) => done > 0);
    await router.kill();
    const left = await look();
    expect(left.state).toBe('running');
    await routers.start('router');
    // A ring that went with the killed router comes again after 30 s.
    const ended = await eventually(async () => {
      const act = await look();
      return act.state === 'done' && act;
    }, 90_000);
    expect(ended).toMatchObject({ total: count, done: count, skipped: 0, failed: 0 });
    const moves = await rows<{ tickets: number; moves: number }>(
      desk.database.db,
      `select count(distinct ticket_id)::int as tickets, count(*)::int as moves from decision where outcome = 'close'`,
    );
    expect(moves).toEqual([{ tickets: count, moves: count }]);
  }, 120_000);
});
