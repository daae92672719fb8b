import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ChannelsRepository } from '#libs/channels';
import { Database, rows } from '#libs/database';
import { DiskStore, FileStore } from '#libs/files';
import { PlatformConfig, Secrets } from '#libs/platform';
import { EventsRepository, JobQueue } from '#libs/queue';
import { RoutingModule } from '#libs/routing';
import { SpecialistsModule } from '#libs/specialists';
import { TicketsModule, type Mover } from '#libs/tickets';
import { aDatabase, type TestDatabase } from '../../support/database.js';

/** A queue that only remembers what was put on it: what a job does is not the subject here. */
export class Rung extends JobQueue {
  readonly jobs: { job: string; ids: readonly string[] }[] = [];

  async add(job: string, ids: readonly string[]): Promise<void> {
    this.jobs.push({ job, ids });
  }

  async counts() {
    return { waiting: 0, active: 0, delayed: 0, failed: 0 };
  }
}

/** What every process has, as these tests want it. */
@Global()
@Module({})
class Ground {
  static of(database: Database, queue: Rung, dir: string): DynamicModule {
    const providers = [
      { provide: Database, useValue: database },
      { provide: JobQueue, useValue: queue },
      { provide: FileStore, useFactory: () => new DiskStore(dir) },
      { provide: Secrets, useValue: new Secrets(Buffer.alloc(32, 7).toString('base64')) },
      { provide: PlatformConfig, useValue: { DESK_NAME: 'Desk', DESK_LOCALE: 'ru', PHONE_REGION: 'RU' } },
      EventsRepository,
    ];
    return { module: Ground, providers, exports: providers };
  }
}

/** A desk on a database of its own: two queues, specialists on demand, one mailbox that can send. */
export class ADesk {
  private constructor(
    readonly store: TestDatabase,
    readonly queue: Rung,
    private readonly app: TestingModule,
    private readonly dir: string,
  ) {}

  static async open(): Promise<ADesk> {
    const store = await aDatabase();
    const dir = await mkdtemp(join(tmpdir(), 'desk-'));
    const queue = new Rung();
    const app = await Test.createTestingModule({
      imports: [Ground.of(store.database, queue, dir), TicketsModule, RoutingModule, SpecialistsModule],
    }).compile();
    const desk = new ADesk(store, queue, app, dir);
    await desk.seed();
    return desk;
  }

  get<Service>(type: Type<Service>): Service {
    return this.app.get(type, { strict: false });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.store.close();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async seed(): Promise<void> {
    await this.sql(`insert into queue (key, title) values ('first', '{"ru":"Первая","en":"First"}'), ('second', '{}')`);
    await this.sql(`insert into kind (key, title) values ('access', '{"ru":"Доступ","en":"Access"}')`);
    for (const [kind, reply, initiate] of [
      ['email', true, true],
      ['telegram', true, false],
    ] as const) {
      const capabilities = { ...plain, reply, initiate };
      await this.get(ChannelsRepository).announce(this.store.db, {
        kind,
        capabilities,
        settingsSchema: {},
        hook: null,
      });
      await this.sql(`insert into account (channel, name) values ($1, $1)`, [kind]);
    }
  }

  /** Rows of one statement. */
  sql<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.store.db, sql, parameters);
  }

  private async id(sql: string, parameters: readonly unknown[] = []): Promise<string> {
    const [row] = await this.sql<{ id: string }>(sql, parameters);
    if (!row) throw new Error(`nothing from: ${sql}`);
    return row.id;
  }

  queueId(key = 'first'): Promise<string> {
    return this.id('select id from queue where key = $1', [key]);
  }

  accountId(channel: string): Promise<string> {
    return this.id('select id from account where channel = $1', [channel]);
  }

  /** A specialist of both queues, present, with room for `capacity`. */
  async specialist(capacity = 5, presence = 'on'): Promise<Mover> {
    const id = await this.id(
      `insert into person (email, name, role) values (gen_random_uuid() || '@desk.test', 'Вера', 'specialist') returning id`,
    );
    await this.sql('insert into specialist (id, capacity, presence) values ($1, $2, $3)', [id, capacity, presence]);
    await this.sql('insert into specialist_queue select $1, id from queue', [id]);
    return { type: 'person', id, name: 'Вера' };
  }

  requester(name = 'Олег'): Promise<string> {
    return this.id('insert into requester (name) values ($1) returning id', [name]);
  }

  address(requesterId: string, kind: string, value: string, proof = 'wrote'): Promise<string> {
    return this.id(
      'insert into requester_address (requester_id, kind, value, proof) values ($1, $2, $3, $4) returning id',
      [requesterId, kind, value, proof],
    );
  }

  /** A ticket that waits, with its work item and its first message. */
  async ticket(
    more: { requesterId?: string; channel?: string; subject?: string; text?: string } = {},
  ): Promise<string> {
    const { channel = 'email', subject = 'Не открывается курс', text = 'Помогите' } = more;
    const requesterId = more.requesterId ?? (await this.requester());
    const [account] = await this.sql<{ id: string }>('select id from account where channel = $1', [channel]);
    const hasReplyTo = channel !== 'phone';
    const id = await this.id(
      `insert into ticket (subject, queue_id, requester_id, channel, account_id, reply_to, reply_from)
       values ($1, $2, $3, $4, $5, $6, $7) returning id`,
      [
        subject,
        await this.queueId(),
        requesterId,
        channel,
        account?.id ?? null,
        hasReplyTo ? `r${requesterId}@x.test` : null,
        channel === 'email' ? 'help@desk.test' : null,
      ],
    );
    await this.sql('insert into work_item (ticket_id, queue_id) select id, queue_id from ticket where id = $1', [id]);
    await this.message(id, { text });
    return id;
  }

  /** One more message of the requester. */
  message(ticketId: string, more: { text?: string; externalId?: string; type?: string } = {}): Promise<string> {
    const { text = 'Ещё', externalId = null, type = 'inbound' } = more;
    return this.id(
      `insert into message (ticket_id, type, channel, account_id, author_type, author_id, author_address, text, external_id)
       select id, $2, channel, account_id, 'requester', requester_id, reply_to, $3, $4 from ticket where id = $1
       returning id`,
      [ticketId, type, text, externalId],
    );
  }

  async openItems({ id }: Mover): Promise<number> {
    const [row] = await this.sql<{ n: number }>('select open_items as n from specialist where id = $1', [id]);
    return row?.n ?? -1;
  }

  /** Room counted by the specialist and by the work items: they never differ. */
  async roomHolds(): Promise<boolean> {
    const wrong = await this.sql(
      `select s.id from specialist s where s.open_items <>
         (select count(*) from work_item w where w.specialist_id = s.id and w.state = 'assigned')
         or s.open_items > s.capacity`,
    );
    return wrong.length === 0;
  }
}

const plain = {
  subject: true,
  html: true,
  maxText: 4096,
  maxFileBytes: 1_000_000,
  maxFiles: 10,
  edits: false,
};
