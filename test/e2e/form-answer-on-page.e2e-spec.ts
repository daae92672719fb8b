import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeskRoles, until, type DeskCaller } from '../support/desk-roles.js';

const secret = 'secret of the learning platform';

/** The token that the platform gives its user. */
function tokenOf(sub: string): DeskCaller {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const body = Buffer.from(JSON.stringify({ sub, name: 'Олег', exp })).toString('base64url');
  const signature = createHmac('sha256', secret).update(body).digest('base64url');
  return { authorization: `Bearer ${body}.${signature}` };
}

interface Request {
  readonly id: string;
  readonly state: string;
  readonly messages: readonly { readonly from: string; readonly text: string }[];
}

describe('a request from the form', () => {
  let desk: DeskRoles;
  let anna: { readonly id: string; readonly caller: DeskCaller };
  beforeAll(async () => {
    desk = await DeskRoles.start(['router', 'desk-api']);
    anna = await desk.specialist('Анна');
    const settings = { token: { type: 'hmac', secret } };
    const made = await desk.call(desk.program, 'POST', 'accounts', { channel: 'form', name: 'lms', settings });
    expect(made.status).toBe(201);
  }, 60_000);
  afterAll(() => desk.close());

  it('is answered on the page of who sent it, and seen there by nobody else', async () => {
    const [oleg, eve] = [tokenOf('oleg'), tokenOf('eve')];
    const sent = await desk.call<Request>(oleg, 'POST', 'forms/lms/requests', { text: 'Не открывается лекция' });
    expect(sent.status).toBe(201);
    const { id } = sent.body;
    await until(
      async () => (await desk.call<Request>(anna.caller, 'GET', `tickets/${id}`)).body,
      ({ state }) => state === 'open',
    );
    await desk.call(anna.caller, 'POST', `tickets/${id}/notes`, { text: 'только между нами' });
    const reply = await desk.call<{ delivery: { state: string } }>(anna.caller, 'POST', `tickets/${id}/replies`, {
      text: 'Уже открывается',
    });
    expect(reply).toMatchObject({ status: 202, body: { delivery: { state: 'sent', channel: 'form' } } });

    const page = await desk.call<Request>(oleg, 'GET', `forms/lms/requests/${id}`);
    expect(page.body.state).toBe('pending');
    const texts = page.body.messages.map(({ text }) => text);
    expect(texts[0]).toBe('Не открывается лекция');
    expect(texts.at(-1)).toBe('Уже открывается');
    expect(texts).not.toContain('только между нами');
    expect((await desk.call(eve, 'GET', `forms/lms/requests/${id}`)).status).toBe(404);
  });

  it('comes back to the specialist who knows it', async () => {
    const oleg = tokenOf('oleg-again');
    const { id } = (await desk.call<Request>(oleg, 'POST', 'forms/lms/requests', { text: 'Нет звука' })).body;
    const state = async () => (await desk.call<Request>(anna.caller, 'GET', `tickets/${id}`)).body;
    await until(state, (ticket) => ticket.state === 'open');
    await desk.call(anna.caller, 'POST', `tickets/${id}/replies`, { text: 'Включите звук' });
    // Somebody with more room comes on, and still it goes to who knows it.
    await desk.specialist('Борис');
    await desk.call(oleg, 'POST', 'forms/lms/requests', { text: 'Включён', requestId: id });
    const back = await until(state, (ticket) => ticket.state === 'open');
    expect(back).toMatchObject({ assignee: { id: anna.id } });
  });
});
