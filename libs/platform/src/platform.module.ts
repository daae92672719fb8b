import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { LoggerModule } from 'nestjs-pino';
import type { DestinationStream } from 'pino';
import type { CommonConfig } from './config/common.config.js';
import { PlatformConfig } from './config/platform-config.js';
import { EgressGuard } from './egress/egress-guard.client.js';
import { HealthController } from './health/health.controller.js';
import { Health } from './health/health.service.js';
import { Metrics } from './health/metrics.service.js';
import { HttpErrorsFilter } from './http/http-errors.filter.js';
import { SchemaValidationPipe } from './http/schema-validation.pipe.js';
import { createLogger } from './log/logger.factory.js';
import { Secrets } from './secrets/secrets.service.js';

export interface PlatformOptions {
  /** The process: `router`. Stands in the log, the metrics and `pg_stat_activity`. */
  readonly name: string;
  readonly config: CommonConfig;
  /** `open`: health and metrics on a port of their own; `none`: the app has guarded routes for them. */
  readonly probes?: 'open' | 'none';
  /** Where the log goes; standard output unless a test wants to read it. */
  readonly logTo?: DestinationStream;
}

@Module({})
export class PlatformModule {
  /** What every process has: log, secrets, health, metrics, errors as problem details, checked input. */
  static forRoot({ name, config, probes = 'open', logTo }: PlatformOptions): DynamicModule {
    const logger = createLogger({
      name,
      level: config.LOG_LEVEL,
      format: config.LOG_FORMAT,
      ...(logTo && { to: logTo }),
    });
    return {
      module: PlatformModule,
      global: true,
      // Requests are logged by the HTTP server itself, by route: this middleware would log addresses and queries.
      imports: [LoggerModule.forRoot({ pinoHttp: { logger }, forRoutes: [] })],
      controllers: probes === 'open' ? [HealthController] : [],
      providers: [
        { provide: PlatformConfig, useValue: config },
        { provide: Secrets, useFactory: () => new Secrets(config.SECRET_KEY) },
        { provide: Metrics, useFactory: () => new Metrics(name) },
        { provide: APP_FILTER, useClass: HttpErrorsFilter },
        { provide: APP_PIPE, useClass: SchemaValidationPipe },
        EgressGuard,
        Health,
      ],
      exports: [EgressGuard, PlatformConfig, Secrets, Metrics, Health],
    };
  }
}
