import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type INestApplicationContext, Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  AccountsService,
  ChannelsModule,
  InboundSource,
  InboxRepository,
  Intake,
  OutboxRepository,
} from '#libs/channels';
import { outboundJob } from '#libs/contracts';
import { Database, DatabaseModule } from '#libs/database';
import { FilesModule } from '#libs/files';
import { EgressGuard, Metrics, PlatformConfig, Secrets } from '#libs/platform';
import { type JobHandler, JobQueue, QueueModule } from '#libs/queue';
import { aDatabase, type TestDatabase } from '../../support/database.js';
import { eventually } from '../../support/eventually.js';
import { newOutbox, rawItem } from './kit/items.js';
import { stopped, TalkAdapter } from './kit/talk.adapter.js';

/** Stands for the router: ends every row that it is rung for. */
@Injectable()
class Ending implements JobHandler {
  readonly job = 'inbound';
  readonly batch = 50;

  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
  ) {}

  async handle(ids: readonly string[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const found = await this.inbox.takeReady(tx, ids);
      await this.inbox.finish(
        tx,
        found.map(({ id }) => ({ id, fate: 'ticket' as const })),
      );
    });
  }
}

@Module({
  providers: [
    { provide: Secrets, useValue: new Secrets('22'.repeat(32)) },
    { provide: Metrics, useValue: new Metrics('gateway') },
    { provide: PlatformConfig, useValue: { DESK_LOCALE: 'ru', EGRESS_ALLOW: '' } },
    EgressGuard,
  ],
  exports: [EgressGuard, Secrets, Metrics, PlatformConfig],
})
class Ground {}

describe('ChannelsModule', () => {
  let base: TestDatabase;
  let folder: string;
  let app: INestApplicationContext;
  beforeAll(async () => {
    base = await aDatabase();
    folder = await mkdtemp(join(tmpdir(), 'gateway-'));
    const rows = ChannelsModule.rows();
    const root = {
      module: class Gateway {},
      imports: [
        { module: Ground, global: true },
        DatabaseModule.forRoot({ url: base.url, poolSize: 8, applicationName: 'gateway' }),
        QueueModule.forRoot({ databaseUrl: base.url, prefix: 'channels-test' }),
        FilesModule.forRoot({ dir: folder }),
        rows,
        ChannelsModule.host({ adapters: [TalkAdapter], limits: { pollMs: 50, sweepMs: 50 } }),
        QueueModule.work({ jobs: ['inbound'], handlers: [Ending], sources: [InboundSource], imports: [rows] }),
      ],
    };
    app = await NestFactory.createApplicationContext(root, { logger: ['error'], abortOnError: false });
  }, 30_000);
  afterAll(async () => {
    await app.close();
    await base.close();
    await rm(folder, { recursive: true });
  }, 30_000);

  it('takes in, rings the router and sends, over the real queue', async () => {
    const adapter = app.get(TalkAdapter, { strict: false });
    adapter.receiving = async (_account, inbox, stop) => {
      await inbox.put([rawItem('1'), rawItem('2')]);
      await stopped(stop);
    };
    const service = app.get(AccountsService, { strict: false });
    const account = await service.declare(base.db, {
      channel: 'talk',
      name: 'a',
      settings: { room: 'r', token: 't' },
      enabled: true,
    });
    await app.get(Intake, { strict: false }).put(account, [rawItem('3')]);
    const ids = await app.get(OutboxRepository, { strict: false }).add(base.db, [newOutbox(account.id, 'answer')]);
    await app.get(JobQueue, { strict: false }).add(outboundJob('talk'), ids);

    const inbox = app.get(InboxRepository, { strict: false });
    await eventually(async () => (await inbox.counts(base.db))[0]?.fates.ticket === 3);
    await eventually(async () => adapter.sent.length > 0);
    expect(adapter.sent).toEqual(['answer']);
  }, 30_000);
});
