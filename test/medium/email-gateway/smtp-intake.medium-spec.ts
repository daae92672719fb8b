import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { anAccount, anAdapter } from './support/adapter.js';
import { freePort } from '../../support/free-port.js';
import { MemoryInbox } from './support/memory-inbox.js';

describe.each(['smtp', 'lmtp'] as const)('taking mail in by %s', (type) => {
  let inbox: MemoryInbox;
  let stop: AbortController;
  let receiving: Promise<void>;
  let port: number;
  beforeEach(async () => {
    inbox = new MemoryInbox();
    stop = new AbortController();
    port = await freePort();
    const account = anAccount({ receive: { type, host: '127.0.0.1', port, domains: ['old.test'] } });
    receiving = anAdapter().receive(account, inbox, stop.signal);
    await inbox.works();
  });
  afterEach(async () => {
    stop.abort();
    await receiving;
  });

  const send = async (mail: { to?: string; text?: string; raw?: string } = {}) => {
    const transport = createTransport({ host: '127.0.0.1', port, lmtp: type === 'lmtp', ignoreTLS: true });
    const { to = 'help@desk.test', raw, text = 'Здравствуйте!' } = mail;
    const envelope = { from: 'anna@school.test', to: to.split(',') };
    const sent = await transport.sendMail(
      raw === undefined ? { from: envelope.from, to, text, envelope } : { raw, envelope },
    );
    // LMTP answers for each recipient, after the mail.
    if (sent.accepted.length === 0) throw sent.rejectedErrors?.[0] ?? new Error('refused');
    return sent;
  };

  it('stores the mail below the trace of its hand-over, and only then takes it', async () => {
    await send({ to: 'help+tag@desk.test', raw: 'Subject: hello\r\n\r\n.a line with a dot\r\n' });
    expect(inbox.bodies[0]).toMatch(
      /^Return-Path: <anna@school\.test>\r\nDelivered-To: help\+tag@desk\.test\r\nReceived: from .*\r\n\tby switchboard with .* id .*;\r\n\t.*\+0000\r\nSubject: hello\r\n\r\n\.a line with a dot\r\n$/s,
    );
  });

  it('asks to come again while the desk can not store', async () => {
    inbox.refusal = new Error('the database is away');
    await expect(send()).rejects.toMatchObject({ responseCode: 451 });
    inbox.refusal = undefined;
    await send();
    expect(inbox.items).toHaveLength(1);
  });

  it('takes mail for its own addresses only', async () => {
    for (const to of ['HELP@desk.test', 'help+tkv3m2@desk.test', 'anybody@old.test']) await send({ to });
    expect(inbox.items).toHaveLength(3);
    await expect(send({ to: 'other@desk.test' })).rejects.toMatchObject({ responseCode: 550 });
    const mixed = await send({ to: 'help@desk.test,other@desk.test' });
    expect(mixed).toMatchObject({ accepted: ['help@desk.test'], rejected: ['other@desk.test'] });
    expect(inbox.items).toHaveLength(4);
  });

  it('knows a mail that is handed over again, and keeps two that only look alike', async () => {
    const raw = 'From: a@x.test\r\nMessage-ID: <1@x>\r\n\r\ntext\r\n';
    await send({ raw });
    await send({ raw });
    expect(inbox.items).toHaveLength(1);
    await send({ raw: 'From: a@x.test\r\n\r\ntext\r\n' });
    await send({ raw: 'From: a@x.test\r\n\r\ntext\r\n' });
    expect(inbox.items).toHaveLength(3);
  });

  it('takes many at once, each one once', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => send({ text: `mail ${index}` })));
    expect(inbox.items).toHaveLength(40);
  });

  it('refuses a mail over the limit', async () => {
    await expect(send({ raw: `Subject: x\r\n\r\n${'x'.repeat(36 * 1024 * 1024)}` })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(inbox.items).toHaveLength(0);
  }, 20_000);

  it('says on its account that the port is taken', async () => {
    const second = new MemoryInbox();
    const account = anAccount({ receive: { type, host: '127.0.0.1', port } });
    await expect(anAdapter().receive(account, second, stop.signal)).rejects.toMatchObject({ scope: 'account' });
    expect(second.reports).toEqual([{ code: 'cannot-listen', detail: `127.0.0.1:${port}` }]);
  });
});
