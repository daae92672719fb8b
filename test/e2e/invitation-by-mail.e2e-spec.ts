import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { MailDesk } from '../support/mail-desk.js';
import type { SunkMail } from '../support/smtp-sink.js';

jest.setTimeout(90_000);

let desk: MailDesk;
beforeAll(async () => {
  desk = await MailDesk.start(['desk-api', 'email-gateway']);
});
afterAll(() => desk?.close());

const at = (path: string): string =>
  `http://127.0.0.1:${desk.running.find(({ role }) => role === 'desk-api')?.port}${path}`;
const post = (path: string, body: object) =>
  fetch(at(path), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const tokenIn = ({ mail }: SunkMail): string => mail.text?.match(/\/password#([\w-]{43})/)?.[1] ?? '';

describe('an invitation by mail', () => {
  it('arrives from the desk’s own mailbox as a machine’s mail, and its link opens the desk', async () => {
    const email = 'new@school.test';
    await desk.client.call('POST', 'people', { email, name: 'Новая', role: 'specialist', invite: true });
    const [mail] = (await desk.sink.to(email)) as [SunkMail];
    expect(mail).toMatchObject({
      from: '',
      headers: { 'auto-submitted': 'auto-replied', 'x-auto-response-suppress': 'All' },
      mail: { from: { address: desk.address }, subject: 'Приглашение в Switchboard' },
    });
    const token = tokenIn(mail);
    // The link of the HTML part is the same, and nothing else is loaded or linked.
    expect([...(mail.mail.html ?? '').matchAll(/(?:href|src)="([^"]+)"/g)].map(([, url]) => url)).toEqual([
      expect.stringMatching(new RegExp(`/password#${token}$`)),
    ]);

    const password = 'a wooden spoon';
    expect((await post('/api/v1/password-links/redemption', { token, password })).status).toBe(200);
    expect((await post('/api/v1/session', { email, password })).status).toBe(201);

    expect((await post('/api/v1/password-resets', { email })).status).toBe(202);
    const [, reset] = (await desk.sink.to(email, 2)) as [SunkMail, SunkMail];
    expect(reset.mail.subject).toBe('Новый пароль для Switchboard');
    const secrets = [token, tokenIn(reset), password, email];
    expect(secrets.filter((secret) => desk.processes.logged.includes(secret))).toEqual([]);
    const tables = ['access_link', 'outbox', 'outbox_event', 'event'];
    for (const table of tables) {
      const kept = JSON.stringify(await rows(desk.database.db, `select ${table}::text as kept from ${table}`));
      expect([table, secrets.slice(0, 2).filter((secret) => kept.includes(secret))]).toEqual([table, []]);
    }
  });
});
