import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeysService, PeopleService, type Role } from '#libs/access';
import { ChannelsRepository } from '#libs/channels';
import { rows } from '#libs/database';
import { createApp } from '#libs/platform';
import { QueuesRepository, SpecialistsRepository } from '#libs/specialists';
import { deskApiVariables } from '../../../apps/desk-api/src/desk-api.config.js';
import { DeskApiModule } from '../../../apps/desk-api/src/desk-api.module.js';
import { setUp } from '../../../apps/desk-api/src/set-up.factory.js';
import { aDatabase, type TestDatabase } from '../../support/database.js';

/** Starting everything for real takes its time on a busy machine. */
export const startTimeout = 60_000;

const password = 'correct horse battery staple';
const origin = 'http://desk.test';

interface Traffic {
  readonly arrived: number;
  readonly closed: number;
}

export interface Quarter extends Traffic {
  readonly at: string;
  readonly weekAgo: Traffic;
}

/** What these tests read of an answer's body; `toMatchObject` looks at the rest. */
interface Body {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly outcome: string;
  readonly version: number;
  readonly upload: string;
  readonly channel: string;
  readonly waiting: number;
  readonly next: string | null;
  readonly message: Body;
  readonly delivery: object;
  readonly items: readonly Body[];
  readonly attachments: readonly Body[];
  readonly tasks: readonly Body[];
  readonly requesters: readonly Body[];
  readonly queues: readonly Body[];
  readonly channels: readonly Body[];
  readonly specialists: readonly Body[];
  readonly quarters: readonly Quarter[];
  readonly detail?: string;
  readonly faults: readonly { readonly path: string; readonly message: string }[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
  readonly bytes: Buffer;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody who calls: a person with a session, or a program with a key. */
export interface Caller {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The real desk-api in this process, on a database of its own and a free port. */
export class AnApi {
  private constructor(
    readonly store: TestDatabase,
    private readonly app: NestFastifyApplication,
    private readonly dir: string,
    private readonly url: string,
  ) {}

  static async open(): Promise<AnApi> {
    const store = await aDatabase();
    const dir = await mkdtemp(join(tmpdir(), 'desk-api-'));
    const variables = deskApiVariables.parse({
      DATABASE_URL: store.url,
      DATA_DIR: dir,
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
      LOG_LEVEL: 'silent',
      PUBLIC_URL: origin,
      PORT: '0',
    });
    const app = await createApp(DeskApiModule.forRoot(variables), variables, setUp);
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const api = new AnApi(store, app, dir, `http://127.0.0.1:${port}`);
    await api.seed();
    return api;
  }

  /** A part of the running API. */
  get<Service>(type: Type<Service>): Service {
    return this.app.get(type, { strict: false });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.store.close();
    await rm(this.dir, { recursive: true, force: true });
  }

  /** One request; `path` stands below `/api/v1`. */
  async call(caller: Caller | undefined, method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const { body } = options;
    const isBytes = Buffer.isBuffer(body);
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && !isBytes && { 'content-type': 'application/json' }),
        ...caller?.headers,
        ...options.headers,
      },
      ...(body !== undefined && { body: isBytes ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const isJson = String(answer.headers.get('content-type')).includes('json');
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: (isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : {}) as Body,
      bytes,
    };
  }

  sql<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.store.db, sql, parameters);
  }

  async queueId(key = 'help'): Promise<string> {
    const [queue] = await this.sql<{ id: string }>('select id from queue where key = $1', [key]);
    return queue?.id ?? '';
  }

  /** A person who signed in; a specialist works the queue `help`. */
  async person(role: Role, capacity = 5): Promise<Caller> {
    const email = `p${Math.random().toString(36).slice(2)}@desk.test`;
    const { id } = await this.app.get(PeopleService, { strict: false }).add({ email, name: 'Вера', role, password });
    if (role === 'specialist') {
      const specialists = this.app.get(SpecialistsRepository, { strict: false });
      const queueIds = [await this.queueId()];
      await specialists.save(this.store.db, [{ id, capacity, queueIds, presence: 'on' }]);
    }
    const answer = await this.call(undefined, 'POST', '/session', { body: { email, password }, headers: { origin } });
    const cookie = (answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? '';
    return { id, headers: { cookie, origin } };
  }

  /** A program whose key has these scopes. */
  async program(...scopes: ('tickets:read' | 'tickets:write' | 'calls:write')[]): Promise<Caller> {
    const issuer = { type: 'program', id: '0', name: 'test', scopes } as const;
    const { key, row } = await this.app.get(ApiKeysService, { strict: false }).issue(issuer, { name: 'test', scopes });
    return { id: row.id, headers: { authorization: `Bearer ${key}` } };
  }

  /** A ticket that came by e-mail and waits, with its only message. */
  async ticket(subject = 'Не открывается курс'): Promise<string> {
    const [ticket] = await this.sql<{ id: string }>(
      `with r as (insert into requester (name) values ('Олег') returning id),
       t as (insert into ticket (subject, queue_id, requester_id, channel, account_id, reply_to, reply_from)
         select $1, $2, r.id, 'email', a.id, 'oleg@x.test', 'help@desk.test' from r, account a where a.channel = 'email'
         returning id, queue_id, requester_id, account_id),
       w as (insert into work_item (ticket_id, queue_id) select id, queue_id from t),
       m as (insert into message (ticket_id, type, channel, account_id, author_type, author_id, author_address, text)
         select id, 'inbound', 'email', account_id, 'requester', requester_id, 'oleg@x.test', 'Помогите' from t)
       select id from t`,
      [subject, await this.queueId()],
    );
    return ticket?.id ?? '';
  }

  private async seed(): Promise<void> {
    const { db } = this.store;
    const queues = this.app.get(QueuesRepository, { strict: false });
    await queues.save(db, [
      { key: 'help', title: { ru: 'Помощь', en: 'Help' } },
      { key: 'other', title: { ru: 'Другое', en: 'Other' } },
    ]);
    await queues.saveKinds(db, [{ key: 'access', title: { ru: 'Доступ', en: 'Access' } }]);
    const capabilities = {
      subject: true,
      html: true,
      maxText: 100_000,
      maxFileBytes: 1_000_000,
      maxFiles: 10,
      edits: false,
      reply: true,
      initiate: true,
    };
    const channels = this.app.get(ChannelsRepository, { strict: false });
    await channels.announce(db, { kind: 'email', capabilities, settingsSchema: {}, hook: null });
    await this.sql(`insert into account (channel, name) values ('email', 'help')`);
  }
}
