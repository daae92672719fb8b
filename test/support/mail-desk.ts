import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rows } from '#libs/database';
import { aDatabase, type TestDatabase } from './database.js';
import { DeskClient } from './desk-client.js';
import { DeskProcesses, type DeskProcess, type Role } from './desk-processes.js';
import { eventually } from './eventually.js';
import { anImapServer, type ImapServer } from './imap-server.js';
import { TestRedis } from './redis.js';
import { SmtpSink } from './smtp-sink.js';
import { type MailParts, writeMail } from './write-mail.js';

const key = 'bootstrap-key-of-the-mail-stories';

export interface MailAccount {
  readonly id: string;
  readonly state: string;
  readonly trouble: { readonly code: string } | null;
}

/** A desk of separate processes with one mailbox, one queue and one specialist, among real servers. */
export class MailDesk {
  readonly address = 'help@desk.test';
  readonly processes: DeskProcesses;
  client: DeskClient;
  readonly running: DeskProcess[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly redis: TestRedis | undefined,
    readonly imap: ImapServer,
    readonly sink: SmtpSink,
    private readonly folder: string,
  ) {
    this.processes = new DeskProcesses({
      DATABASE_URL: database.url,
      REDIS_URL: redis?.url,
      DATA_DIR: folder,
      BOOTSTRAP_API_KEY: key,
    });
  }

  static async start(roles: readonly Role[] = ['desk-api', 'email-gateway', 'router']): Promise<MailDesk> {
    const desk = new MailDesk(
      await aDatabase(),
      await TestRedis.start(),
      await anImapServer(['help@desk.test', 'second@desk.test']),
      await SmtpSink.start({ user: 'help@desk.test', password: 'secret' }),
      await mkdtemp(join(tmpdir(), 'mail-desk-')),
    );
    try {
      await rows(
        desk.database.db,
        `insert into queue (key, title) values ('first-line', '{"ru":"Первая","en":"First"}')`,
      );
      desk.running.push(...(await Promise.all(roles.map((role) => desk.processes.start(role)))));
      const api = desk.running.find(({ role }) => role === 'desk-api');
      desk.client = new DeskClient(`http://127.0.0.1:${api?.port}`, key);
      await desk.hire();
      await desk.addMailbox('help', desk.address);
      return desk;
    } catch (fault) {
      await desk.close();
      throw fault;
    }
  }

  /** A mailbox of the desk; `password` may be wrong. */
  async addMailbox(name: string, address: string, password = this.imap.password): Promise<string> {
    const receive = { type: 'imap', host: '127.0.0.1', port: this.imap.port, tls: 'none', user: address, password };
    const send = { type: 'smtp', host: '127.0.0.1', port: this.sink.port, tls: 'none', user: this.address, password };
    const account = { channel: 'email', name, address, settings: { name: 'Служба поддержки', receive, send } };
    return (await this.client.call<MailAccount>('POST', 'accounts', account)).id;
  }

  /** The account, once it is as wanted. */
  account(id: string, wanted: (account: MailAccount) => boolean): Promise<MailAccount> {
    return eventually(async () => {
      const account = await this.client.call<MailAccount>('GET', `accounts/${id}`);
      return wanted(account) && account;
    });
  }

  /** Puts bytes that are no mail, or a mail of an odd kind, into the mailbox. */
  async deliver(raw: string | Buffer, address = this.address): Promise<void> {
    await this.imap.deliver([raw], address);
  }

  /** Somebody writes to the desk. */
  async write(parts: Omit<MailParts, 'to'> & { readonly to?: string }): Promise<void> {
    const to = parts.to ?? this.address;
    await this.imap.deliver([writeMail({ ...parts, to })], to);
  }

  async close(): Promise<void> {
    await this.processes.stop();
    await this.imap.close();
    await this.sink.close();
    await this.redis?.close();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async hire(): Promise<void> {
    const { client } = this;
    const { items } = await client.call<{ items: { id: string }[] }>('GET', 'queues');
    const person = { email: 'ivan@desk.test', name: 'Иван', role: 'specialist', password: 'a long enough password' };
    const { id } = await client.call<{ id: string }>('POST', 'people', person);
    await client.call('PUT', `specialists/${id}/queues`, { queueIds: items.map((queue) => queue.id) });
    await client.call('PUT', `specialists/${id}/capacity`, { capacity: 1_000 });
    await client.call('PUT', `specialists/${id}/presence`, { presence: 'on' });
  }
}
