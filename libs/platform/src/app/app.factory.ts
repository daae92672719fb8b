import type { AddressInfo } from 'node:net';
import type { DynamicModule, INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { z } from 'zod';
import type { CommonConfig, commonConfig } from '../config/common.config.js';
import { ConfigError } from '../config/load-config.js';
import { createHttpAdapter } from '../http/http-server.factory.js';
import { readJsonBodies } from '../http/json-body.factory.js';
import { safeError } from '../log/safe-error.js';
import { text } from '../texts/text.js';
import { readConfig } from './environment.factory.js';
import { Launcher } from './launcher.client.js';

/** Schema of an app: the common variables and its own. */
export type AppSchema = z.ZodObject<typeof commonConfig.shape>;

export interface ServeOptions<Config extends CommonConfig> {
  /** Where the app answers; HEALTH_HOST and HEALTH_PORT by default. */
  readonly listen?: (config: Config) => { readonly host: string; readonly port: number };
  /** Runs before anything is built, such as bringing the database to the newest schema. */
  readonly before?: (config: Config) => Promise<unknown>;
  /** Adds to the bare HTTP server: cookies, multipart, pages. */
  readonly setUp?: (app: NestFastifyApplication, config: Config) => Promise<void> | void;
}

const closeWithinMs = 30_000;

/** A built application that answers nobody yet; `serve` and tests share it. */
export async function createApp<Config extends CommonConfig>(
  module: DynamicModule,
  config: Config,
  setUp?: ServeOptions<Config>['setUp'],
): Promise<NestFastifyApplication> {
  const adapter = createHttpAdapter({
    trustProxy: config.TRUST_PROXY,
    overTls: config.PUBLIC_URL.startsWith('https:'),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bufferLogs: true,
    abortOnError: false,
    rawBody: true,
    bodyParser: false,
  });
  readJsonBodies(app);
  app.useLogger(app.get(Logger));
  await setUp?.(app, config);
  await app.init();
  return app;
}

/**
 * Runs one process of the desk: reads its configuration, builds `module`, opens the port, and ends in good order on
 * SIGTERM, SIGINT or when its launcher is gone. A wrong configuration ends it with status 2 and every fault in words.
 */
export async function serve<Schema extends AppSchema>(
  name: string,
  schema: Schema,
  module: (config: z.output<Schema>) => DynamicModule,
  options: ServeOptions<z.output<Schema>> = {},
): Promise<void> {
  const launcher = new Launcher();
  try {
    const config = readConfig(schema, process.env);
    await options.before?.(config);
    const app = await createApp(module(config), config, options.setUp);
    endInGoodOrder(app, launcher);
    launcher.initialised();
    if (process.env.START_GATE === 'ipc') await launcher.mayOpen();
    const { host, port } = options.listen?.(config) ?? { host: config.HEALTH_HOST, port: config.HEALTH_PORT };
    await app.listen(port, host);
    launcher.ready((app.getHttpServer().address() as AddressInfo).port);
  } catch (fault) {
    process.stderr.write(`${complaint(name, fault)}\n`);
    process.exit(fault instanceof ConfigError ? 2 : 1);
  }
}

/**
 * A process that answers one question of whoever forked it and ends: builds `module` without opening a port and
 * sends what `ask` gives as an IPC message. A fault ends it with status 1 and no answer.
 */
export async function answerOnce<Schema extends AppSchema>(
  schema: Schema,
  module: (config: z.output<Schema>) => DynamicModule,
  ask: (app: INestApplicationContext) => Promise<object>,
): Promise<void> {
  const app = await NestFactory.createApplicationContext(module(readConfig(schema, process.env)), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  try {
    const answer = await ask(app);
    await new Promise<void>((sent) => process.send?.(answer, () => sent()) ?? sent());
  } finally {
    await app.close();
  }
  process.exit(0);
}

/** What a person reads when the process can't start; the stack only when the fault is one of ours. */
function complaint(name: string, fault: unknown): string {
  if (fault instanceof ConfigError) return fault.message;
  const { message, code, stack } = safeError(fault);
  const locale = process.env.DESK_LOCALE === 'en' ? 'en' : 'ru';
  const reason = text(locale, 'config.startFailed', { name, reason: message || (code ?? '') });
  return code ? reason : `${reason}\n${stack ?? ''}`;
}

/** The first call to end closes everything within 30 s; what is cut off then is repeated by whoever takes over. */
function endInGoodOrder(app: NestFastifyApplication, launcher: Launcher): void {
  const log = app.get(Logger);
  let ending = false;
  const end = (status: number): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), closeWithinMs).unref();
    app.close().then(
      () => process.exit(status),
      (err: unknown) => {
        log.error({ err, msg: 'Closing failed' });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => end(0));
  process.once('SIGINT', () => end(0));
  launcher.onGone(() => end(0));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (err: unknown) => {
      log.fatal({ err, msg: 'An error that nobody caught: the process starts anew' });
      end(1);
    });
  }
}
