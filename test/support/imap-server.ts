import { createRequire } from 'node:module';
import { aDovecot, hasDovecot } from './dovecot.js';
import { freePort } from './free-port.js';

/** Mailboxes that mail can be delivered to and read from by IMAP. */
export interface ImapServer {
  readonly kind: 'dovecot' | 'hoodiecrow';
  readonly port: number;
  readonly password: string;
  deliver(mails: readonly (string | Buffer)[], address: string): Promise<void>;
  close(): Promise<void>;
}

/** Dovecot; where it is not installed (or TEST_IMAP=in-process), a server in this process that knows less: says so. */
export async function anImapServer(users: readonly string[]): Promise<ImapServer> {
  if (hasDovecot && process.env.TEST_IMAP !== 'in-process') return { ...(await aDovecot({ users })), kind: 'dovecot' };
  process.stderr.write('No Dovecot: these stories run against an in-process IMAP server instead.\n');
  return hoodiecrow(users);
}

interface Hoodiecrow {
  listen(port: number, done: () => void): void;
  close(done: () => void): void;
  getMailbox(path: string): unknown;
  appendMessage(mailbox: unknown, flags: string[], date: Date, raw: string): void;
}

/** It keeps one set of mailboxes for everybody who signs in: they are those of the first user. */
async function hoodiecrow(users: readonly string[]): Promise<ImapServer> {
  const require = createRequire(import.meta.url);
  const create = require('hoodiecrow-imap') as (options: object) => Hoodiecrow;
  const [user = ''] = users;
  const server = create({
    plugins: ['ID', 'IDLE', 'LITERALPLUS', 'NAMESPACE', 'AUTH-PLAIN', 'SASL-IR'],
    storage: { INBOX: {}, '': { folders: { Archive: {} } } },
    users: Object.fromEntries(users.map((name) => [name, { password: 'secret' }])),
    id: { name: 'hoodiecrow' },
  });
  const port = await freePort();
  await new Promise<void>((ready) => server.listen(port, ready));
  return {
    kind: 'hoodiecrow',
    port,
    password: 'secret',
    deliver: async (mails, address) => {
      if (address !== user) throw new Error('this server has one mailbox');
      for (const raw of mails) {
        server.appendMessage(server.getMailbox('INBOX'), [], new Date(), Buffer.from(raw).toString('latin1'));
      }
    },
    close: () => new Promise((closed) => server.close(closed)),
  };
}
