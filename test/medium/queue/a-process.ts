import { type INestApplicationContext, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { Metrics } from '#libs/platform';
import { BullmqQueue, JobQueue, QueueModule, QueueTiming, type WorkOptions } from '#libs/queue';
import type { JobServer } from './servers.js';

const unheard = (): void => undefined;
/** What a test breaks on purpose is not worth reading. */
const silence = { log: unheard, warn: unheard, error: unheard, debug: unheard };

@Module({})
class Ground {}

const timing = { ...new QueueTiming(), tickMs: 50, degradeAfterMs: 200, unknownVersionMs: 60_000 };

export interface QueueProcess {
  readonly app: INestApplicationContext;
  readonly queue: JobQueue;
  readonly bullmq: BullmqQueue;
  close(): Promise<void>;
}

/** What a process of the desk is to its queue; works nothing unless told. */
export async function aProcess(server: JobServer, ...works: readonly WorkOptions[]): Promise<QueueProcess> {
  const metrics = { provide: Metrics, useFactory: () => new Metrics('test') };
  const ground = { module: Ground, global: true, providers: [metrics], exports: [Metrics] };
  const modules = works.map((work) => QueueModule.work(work));
  const app = await Test.createTestingModule({ imports: [ground, QueueModule.forRoot(server.options), ...modules] })
    .overrideProvider(QueueTiming)
    .useValue(timing)
    .setLogger(silence)
    .compile();
  try {
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  return { app, queue: app.get(JobQueue), bullmq: app.get(BullmqQueue), close: () => app.close() };
}
