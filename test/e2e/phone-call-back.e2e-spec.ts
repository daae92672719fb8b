import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeskRoles, until, type DeskCaller } from '../support/desk-roles.js';

interface Ticket {
  readonly id: string;
  readonly state: string;
  readonly outcome: string | null;
  readonly requester: { readonly id: string };
  readonly assignee: { readonly id: string } | null;
  readonly tasks: readonly { readonly id: string; readonly doneAt: string | null }[];
}

describe('a phone call', () => {
  let desk: DeskRoles;
  let anna: { readonly id: string; readonly caller: DeskCaller };
  beforeAll(async () => {
    desk = await DeskRoles.start(['router', 'desk-api']);
    anna = await desk.specialist('Анна');
  }, 60_000);
  afterAll(() => desk.close());

  const log = (call: object, key: string) =>
    desk.call<Ticket>(
      anna.caller,
      'POST',
      'calls',
      { phone: '8 (912) 345-67-89', direction: 'in', ...call },
      { 'idempotency-key': key },
    );
  const ticket = async (id: string) => (await desk.call<Ticket>(anna.caller, 'GET', `tickets/${id}`)).body;

  it('is logged while talking, gets a specialist, and ends with the call back that was promised', async () => {
    const callBack = { dueAt: '2026-11-23T09:00:00Z', note: 'сообщить логин' };
    const logged = await log({ text: 'Не может войти на платформу', callBack }, 'first');
    expect(logged.status).toBe(201);
    const { id } = logged.body;
    const assigned = await until(
      () => ticket(id),
      ({ state }) => state === 'open',
    );
    expect(assigned.assignee).toMatchObject({ id: anna.id });

    const again = await log({ text: 'Не может войти на платформу', callBack }, 'first');
    expect(again.body.id).toBe(id);
    const back = { direction: 'out', text: 'Логин выдан', resolved: true, outcome: 'Логин выдан', ticketId: id };
    expect((await log(back, 'second')).body).toMatchObject({ id, state: 'closed', outcome: 'Логин выдан' });
    const [task] = assigned.tasks;
    const done = await desk.call<{ doneAt: string }>(anna.caller, 'POST', `tasks/${task?.id}/done`);
    expect(done.body.doneAt).not.toBeNull();
    const { items } = (await desk.call<{ items: { type: string }[] }>(anna.caller, 'GET', `tickets/${id}/messages`))
      .body;
    expect(items.map(({ type }) => type)).toEqual(['call', 'call']);
  });

  it('is recognised by its number the next time, and knows the person on other channels by nothing else', async () => {
    const first = (await log({ text: 'Нет звука', resolved: true }, 'third')).body;
    const found = await desk.call<{ requesters: { id: string }[] }>(anna.caller, 'POST', 'calls/lookup', {
      phone: '+79123456789',
    });
    expect(found.body.requesters).toMatchObject([{ id: first.requester.id }]);
    const refused = await desk.call<{ code: string }>(anna.caller, 'POST', `tickets/${first.id}/reopen`).then(() =>
      desk.call<{ code: string }>(anna.caller, 'POST', `tickets/${first.id}/replies`, {
        text: 'Напишем',
        channel: 'email',
      }),
    );
    expect(refused).toMatchObject({ status: 422, body: { code: 'no_address_on_channel' } });
  });
});
