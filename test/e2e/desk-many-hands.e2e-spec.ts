import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeskRoles, until, type DeskCaller } from '../support/desk-roles.js';

interface Ticket {
  readonly id: string;
  readonly state: string;
  readonly assignee: { readonly id: string } | null;
}

describe('many hands at one desk', () => {
  let desk: DeskRoles;
  const people: { readonly id: string; readonly caller: DeskCaller }[] = [];
  beforeAll(async () => {
    desk = await DeskRoles.start(['router', 'router', 'desk-api']);
    for (const name of ['Анна', 'Борис', 'Вера']) people.push(await desk.specialist(name, 4));
  }, 60_000);
  afterAll(() => desk.close());

  const log = async (n: number): Promise<Ticket> => {
    const call = { phone: `+7912345${1000 + n}`, direction: 'in', text: `Обращение ${n}` };
    return (await desk.call<Ticket>(desk.program, 'POST', 'calls', call)).body;
  };
  const load = async () =>
    (
      await desk.call<{ waiting: number; assigned: number; specialists: { open: number; capacity: number }[] }>(
        desk.program,
        'GET',
        'queues/load',
      )
    ).body;

  it('never gives anybody more than they can take, and serves who waits as soon as there is room', async () => {
    const tickets: Ticket[] = [];
    for (let n = 0; n < 20; n += 5) tickets.push(...(await Promise.all([n, n + 1, n + 2, n + 3, n + 4].map(log))));
    const full = await until(load, ({ assigned }) => assigned === 12);
    expect(full.waiting).toBe(8);
    expect(full.specialists.map(({ open }) => open)).toEqual([4, 4, 4]);

    const open = (await desk.call<{ items: Ticket[] }>(desk.program, 'GET', 'tickets?state=open')).body.items;
    const [one] = open;
    const holder = people.find(({ id }) => id === one?.assignee?.id);
    expect((await desk.call(holder?.caller ?? {}, 'POST', `tickets/${one?.id}/close`)).status).toBe(200);
    const next = await until(load, ({ waiting }) => waiting === 7);
    expect(next.assigned).toBe(12);
  });

  it('tells one of two who take the same ticket that the other has it', async () => {
    for (const { id } of people) await desk.call(desk.program, 'PUT', `specialists/${id}/capacity`, { capacity: 20 });
    await until(load, ({ waiting }) => waiting === 0);
    const open = (await desk.call<{ items: Ticket[] }>(desk.program, 'GET', 'tickets?state=open')).body.items;
    const [one] = open;
    for (const { id } of people)
      await desk.call(desk.program, 'PUT', `specialists/${id}/presence`, { presence: 'away' });
    await desk.call(desk.program, 'POST', `tickets/${one?.id}/release`);
    const claims = await Promise.all(
      people.map(async ({ id, caller }) => {
        await desk.call(desk.program, 'PUT', `specialists/${id}/presence`, { presence: 'on' });
        return desk.call<{ code: string }>(caller, 'POST', `tickets/${one?.id}/claim`);
      }),
    );
    // The router may have been faster than all of them; never do two have it.
    expect(claims.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(claims.filter(({ status }) => status === 409).length).toBeGreaterThanOrEqual(2);
    const { body } = await desk.call<Ticket>(desk.program, 'GET', `tickets/${one?.id}`);
    expect(people.map(({ id }) => id)).toContain(body.assignee?.id);
  });
});
