import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskStore } from '#libs/files';
import { EventsRepository, JobQueue } from '#libs/queue';
import { Secrets } from '#libs/platform';
import { rows } from '#libs/database';
import { aDatabase, type TestDatabase } from '../../../support/database.js';
import { AccountsRepository } from '../../../../libs/channels/src/accounts/accounts.repository.js';
import { AccountsService } from '../../../../libs/channels/src/accounts/accounts.service.js';
import { ChannelsRepository } from '../../../../libs/channels/src/accounts/channels.repository.js';
import { InboxRepository } from '../../../../libs/channels/src/inbox/inbox.repository.js';
import { RawInboxRepository } from '../../../../libs/channels/src/inbox/raw-inbox.repository.js';
import { OutboxRepository } from '../../../../libs/channels/src/outbox/outbox.repository.js';
import { SendingRepository } from '../../../../libs/channels/src/outbox/sending.repository.js';

/** Keeps what was rung, so that a test sees which ids the next process would be told. */
export class Rung extends JobQueue {
  readonly ids: [job: string, id: string][] = [];

  async add(job: string, ids: readonly string[]): Promise<void> {
    this.ids.push(...ids.map((id): [string, string] => [job, id]));
  }

  async counts() {
    return { waiting: 0, active: 0, delayed: 0, failed: 0 };
  }
}

/** A database of its own with everything of the lib that reads and writes it. */
export async function aDesk() {
  const base: TestDatabase = await aDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'channels-'));
  const events = new EventsRepository();
  const accounts = new AccountsRepository();
  const channels = new ChannelsRepository();
  const secrets = new Secrets('11'.repeat(32));
  return {
    ...base,
    files: new DiskStore(folder),
    queue: new Rung(),
    events,
    accounts,
    channels,
    secrets,
    service: new AccountsService(accounts, channels, secrets),
    inbox: new InboxRepository(),
    raw: new RawInboxRepository(),
    outbox: new OutboxRepository(events),
    sending: new SendingRepository(events),
    query: <Row>(sql: string, parameters: unknown[] = []) => rows<Row>(base.db, sql, parameters),
    close: async () => {
      await base.close();
      await rm(folder, { recursive: true });
    },
  };
}
export type Desk = Awaited<ReturnType<typeof aDesk>>;

/** An account of the test channel. */
export const anAccount = async ({ service, db }: Desk, name: string, settings: object = { room: 'r', token: 't' }) =>
  service.declare(db, { channel: 'talk', name, settings: { ...settings }, enabled: true });
