import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aDovecot, hasDovecot, type Dovecot } from '../../support/dovecot.js';
import { anAccount, anAdapter } from './support/adapter.js';
import { MemoryInbox } from './support/memory-inbox.js';

// A server that refuses a token takes its time.
jest.setTimeout(60_000);

const mail = 'From: anna@school.test\r\nTo: help@desk.test\r\nSubject: by token\r\n\r\nHello\r\n';

(hasDovecot ? describe : describe.skip)('a mailbox behind OAuth2', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await aDovecot({ tokens: { 'good-token': 'help@desk.test' } });
  });
  afterAll(() => dovecot.close());

  const receive = (inbox: MemoryInbox, accessToken: string, stop: AbortSignal): Promise<void> => {
    const { port, user } = dovecot;
    const imap = { type: 'imap', host: '127.0.0.1', port, tls: 'none', user, oauth2: { accessToken } };
    return anAdapter().receive(anAccount({ receive: imap }), inbox, stop);
  };

  it('opens by an access token', async () => {
    const inbox = new MemoryInbox();
    const stop = new AbortController();
    await dovecot.deliver([mail]);
    const receiving = receive(inbox, 'good-token', stop.signal);
    await inbox.until(({ items }) => items.length === 1);
    expect(inbox.bodies[0]).toContain('Subject: by token');
    stop.abort();
    await receiving;
  });

  it('says so when the token is refused', async () => {
    const inbox = new MemoryInbox();
    await expect(receive(inbox, 'stolen-token', new AbortController().signal)).rejects.toMatchObject({ name: 'Retry' });
    expect(inbox.reports.at(-1)).toMatchObject({ code: 'wrong-password' });
    expect(inbox.items).toHaveLength(0);
  });
});
