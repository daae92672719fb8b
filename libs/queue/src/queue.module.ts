import {
  type DynamicModule,
  Logger,
  Module,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common';
import { BullmqQueue } from './bullmq.queue.js';
import { EventBell } from './events/event-bell.client.js';
import { EventsRepository } from './events/events.repository.js';
import { type JobHandler, JobQueue, type JobSource } from './job-queue.js';
import { QueueTiming } from './queue-timing.js';
import { isConnectionFault } from './servers/connection-fault.js';
import { PostgresServer } from './servers/postgres-server.client.js';
import { QueueLink } from './servers/queue-link.service.js';
import { QueueServer } from './servers/queue-server.client.js';
import { RedisServer } from './servers/redis-server.client.js';
import { Dispatcher } from './work/dispatcher.service.js';
import { JobRegistry } from './work/job-registry.service.js';
import { JobWorkers } from './work/job-workers.service.js';
import { QueueMetrics } from './work/queue-metrics.service.js';

export interface QueueOptions {
  readonly databaseUrl: string;
  /** Redis or Valkey; without it the jobs stand in the desk's PostgreSQL. */
  readonly redisUrl?: string | undefined;
  /** First part of every key in Redis. */
  readonly prefix: string;
}

export interface WorkOptions {
  /** Every job that this process works; each needs exactly one of `handlers` and at least one of `sources`. */
  readonly jobs: readonly string[];
  readonly handlers: readonly Type<JobHandler>[];
  /** Also for jobs that another process works. */
  readonly sources: readonly Type<JobSource>[];
  /** Modules that handlers and sources need. */
  readonly imports?: NonNullable<DynamicModule['imports']>;
}

const serverOf = (options: QueueOptions, timing: QueueTiming): QueueServer | Promise<QueueServer> => {
  const log = new Logger(QueueModule.name);
  const reports = {
    answerMs: timing.answerMs,
    // That the server is away is told once, by the link.
    fault: (err: Error) =>
      void (isConnectionFault(err) || log.warn({ err, msg: 'The queue’s server reports an error' })),
  };
  const { databaseUrl, redisUrl, prefix } = options;
  return redisUrl ? new RedisServer(redisUrl, prefix, reports) : PostgresServer.open(databaseUrl, reports);
};

@Module({})
class JobsModule {}

@Module({})
export class QueueModule implements OnApplicationShutdown {
  constructor(private readonly server: QueueServer) {}

  /** The queue of this process, once; it works nothing by itself. */
  static forRoot(options: QueueOptions): DynamicModule {
    return {
      module: QueueModule,
      global: true,
      providers: [
        QueueTiming,
        { provide: QueueServer, inject: [QueueTiming], useFactory: (timing: QueueTiming) => serverOf(options, timing) },
        { provide: EventBell, useFactory: () => new EventBell(options.databaseUrl) },
        { provide: JobQueue, useExisting: BullmqQueue },
        BullmqQueue,
        Dispatcher,
        EventsRepository,
        JobRegistry,
        JobWorkers,
        QueueLink,
        QueueMetrics,
      ],
      exports: [BullmqQueue, EventBell, EventsRepository, JobQueue, JobRegistry],
    };
  }

  /** Adds work to this process. The start is refused when a job has no handler, or two, or no source. */
  static work({ jobs, handlers, sources, imports = [] }: WorkOptions): DynamicModule {
    const registration: Provider = {
      provide: Symbol('jobs of this process'),
      inject: [JobRegistry, ...handlers, ...sources],
      useFactory: (registry: JobRegistry, ...made: unknown[]) => {
        registry.register({
          jobs,
          handlers: made.slice(0, handlers.length) as JobHandler[],
          sources: made.slice(handlers.length) as JobSource[],
        });
        return registry;
      },
    };
    return { module: JobsModule, imports: [...imports], providers: [...handlers, ...sources, registration] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.server.close();
  }
}
