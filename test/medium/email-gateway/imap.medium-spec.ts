import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { anAccount, anAdapter } from './support/adapter.js';
import { aDovecot, hasDovecot, type Dovecot } from '../../support/dovecot.js';
import { freePort } from '../../support/free-port.js';
import { MemoryInbox } from './support/memory-inbox.js';

// A server that refuses a password takes its time.
jest.setTimeout(60_000);

const mail = (index: number, body = 'Здравствуйте!'): string =>
  `From: anna@school.test\r\nTo: help@desk.test\r\nSubject: mail ${index}\r\nMessage-ID: <${index}@school.test>\r\n\r\n${body}\r\n`;
const mails = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => mail(from + index));
const subjects = (inbox: MemoryInbox): string[] =>
  inbox.bodies.map((body) => /^Subject: (.*)\r$/m.exec(body)?.[1] ?? '');

(hasDovecot ? describe : describe.skip)('taking mail in by IMAP from Dovecot', () => {
  let dovecot: Dovecot;
  let inbox: MemoryInbox;
  let stop: AbortController;
  let receiving: Promise<void> | undefined;
  beforeAll(async () => {
    dovecot = await aDovecot();
  });
  afterAll(() => dovecot.close());
  beforeEach(() => {
    inbox = new MemoryInbox();
    stop = new AbortController();
    receiving = undefined;
  });
  afterEach(async () => {
    stop.abort();
    await receiving?.catch(() => undefined);
    await emptied();
  });

  const receive = (more: object = {}): Promise<void> => {
    const { port, user, password } = dovecot;
    const settings = { type: 'imap', host: '127.0.0.1', port, tls: 'none', user, password, ...more };
    receiving = anAdapter().receive(anAccount({ receive: settings }), inbox, stop.signal);
    return receiving;
  };
  const asOwner = async (work: (client: ImapFlow) => Promise<unknown>): Promise<void> => {
    const { port, user, password } = dovecot;
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, pass: password },
      logger: false,
    });
    await client.connect();
    await work(client);
    await client.logout();
  };
  const emptied = (): Promise<void> =>
    asOwner(async (client) => {
      for (const mailbox of ['INBOX', 'Archive']) {
        await client.mailboxOpen(mailbox);
        await client.messageDelete('1:*');
      }
    });

  it('brings what waits, then what comes, within moments, and changes nothing in the mailbox', async () => {
    await dovecot.deliver(mails(1, 3));
    void receive();
    await inbox.until(({ items }) => items.length === 3);
    await dovecot.deliver([mail(4)]);
    await inbox.until(({ items }) => items.length === 4);
    expect(new Set(subjects(inbox))).toEqual(new Set(['mail 1', 'mail 2', 'mail 3', 'mail 4']));
    await asOwner(async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      for await (const { flags } of client.fetch('1:*', { flags: true })) expect(flags).not.toContain('\\Seen');
    });
  });

  it('goes on behind its cursor after an outage', async () => {
    void receive();
    await dovecot.deliver(mails(10, 2));
    await inbox.until(({ items }) => items.length === 2);
    stop.abort();
    await receiving;
    await dovecot.deliver(mails(12, 2));
    const puts = inbox.items.length;
    stop = new AbortController();
    void receive();
    await inbox.until(({ items }) => items.length === 4);
    expect(subjects(inbox).slice(puts)).toEqual(expect.arrayContaining(['mail 12', 'mail 13']));
  });

  it('reads a mailbox that was numbered anew from its start, and nothing of it twice', async () => {
    await dovecot.deliver(mails(20, 3), 'Moved');
    void receive({ mailboxes: ['Moved'] });
    await inbox.until(({ items }) => items.length === 3);
    const before = inbox.cursors.get('Moved');
    stop.abort();
    await receiving;
    await asOwner((client) => client.mailboxDelete('Moved'));
    await dovecot.deliver(mails(20, 4), 'Moved');
    stop = new AbortController();
    void receive({ mailboxes: ['Moved'] });
    await inbox.until(({ items }) => items.length === 4);
    expect(inbox.cursors.get('Moved')?.epoch).not.toBe(before?.epoch);
    expect(subjects(inbox)).toHaveLength(4);
  });

  it('follows several mailboxes, and takes a mail that lies in two of them once', async () => {
    void receive({ mailboxes: ['INBOX', 'Archive'] });
    await dovecot.deliver([mail(30)]);
    await dovecot.deliver([mail(30), mail(31)], 'Archive');
    await inbox.until(({ items }) => items.length === 2);
    await inbox.until(({ cursors }) => cursors.get('Archive') !== undefined && cursors.get('INBOX') !== undefined);
    expect(new Set(subjects(inbox))).toEqual(new Set(['mail 30', 'mail 31']));
  });

  it('brings hundreds in few chunks, in their order', async () => {
    await asOwner(async (client) => {
      for (const raw of mails(1000, 450)) await client.append('INBOX', raw);
    });
    void receive();
    await inbox.until(({ items }) => items.length === 450);
    expect(inbox.puts).toBe(3);
    expect(subjects(inbox)).toEqual(Array.from({ length: 450 }, (_, index) => `mail ${1000 + index}`));
  });

  it('leaves a mail over the limit at the server and brings its header', async () => {
    await asOwner(async (client) => {
      await client.append('INBOX', mail(40, 'x'.repeat(36 * 1024 * 1024)));
      await client.append('INBOX', mail(41));
    });
    void receive();
    await inbox.until(({ items }) => items.length === 2);
    expect(subjects(inbox)).toEqual(['mail 40', 'mail 41']);
    expect(inbox.items[0]?.bytes.length).toBeLessThan(2000);
  });

  it('stores again what could not be stored, and blames nobody but the desk', async () => {
    await dovecot.deliver([mail(50)]);
    inbox.refusal = new Error('the database is away');
    await expect(receive()).rejects.toThrow('the database is away');
    expect(inbox.reports.filter(Boolean)).toEqual([]);
    inbox.refusal = undefined;
    void receive();
    await inbox.until(({ items }) => items.length === 1);
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, 'wrong-password'],
    ['a mailbox that is not there', { mailboxes: ['INBOX', 'Nowhere'] }, 'mailbox-missing'],
    ['TLS that the server does not offer', { tls: 'starttls' }, 'tls'],
  ])('says on the account: %s', async (_, more, code) => {
    await expect(receive(more)).rejects.toMatchObject({ name: 'Retry', scope: 'account' });
    expect(inbox.reports.filter(Boolean)).toEqual([expect.objectContaining({ code })]);
  });

  it('comes back when the server does', async () => {
    const ended = receive();
    await inbox.works();
    await dovecot.stop();
    await expect(ended).rejects.toMatchObject({ name: 'Retry', scope: 'account' });
    await dovecot.start();
    await dovecot.deliver([mail(60)]);
    void receive();
    await inbox.until(({ items }) => items.length === 1);
  });

  it('says that the server is away', async () => {
    await expect(receive({ port: await freePort() })).rejects.toMatchObject({ name: 'Retry', scope: 'account' });
    expect(inbox.reports).toEqual([expect.objectContaining({ code: 'unreachable' })]);
  });

  it('tries an account step by step, up to what fails', async () => {
    const check = (more: object) => {
      const { port, user, password } = dovecot;
      const settings = { type: 'imap', host: '127.0.0.1', port, tls: 'none', user, password, ...more };
      return anAdapter().verify(anAccount({ receive: settings }), stop.signal);
    };
    const steps = async (more: object) =>
      (await check(more)).map(({ step, ok, code }) => [step, ok, code].filter((part) => part !== undefined));
    expect(await steps({ mailboxes: ['INBOX', 'Nowhere'] })).toEqual([
      ['address', true],
      ['receive.resolve', true],
      ['receive.connect', true],
      ['receive.login', true],
      ['receive.mailbox', true],
      ['receive.mailbox', false, 'mailbox-missing'],
    ]);
    expect((await steps({ password: 'wrong' })).at(-1)).toEqual(['receive.login', false, 'wrong-password']);
    expect((await steps({ host: 'no-such-host.invalid' })).at(-1)).toEqual(['receive.resolve', false, 'unknown-host']);
  });
});
