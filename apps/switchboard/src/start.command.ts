import { join, resolve } from 'node:path';
import { banner } from './banner.js';
import { makeDataFolder } from './data-folder.store.js';
import { openDatabase, type DeskDatabase } from './database.factory.js';
import { applyDeskFile } from './desk-file/apply-desk-file.command.js';
import { mustBeFree, type WantedPort } from './free-ports.client.js';
import { keptSecret } from './kept-secret.store.js';
import { roleEnvironment, type Installation } from './roles/role-environment.js';
import { startRoles, type Roles } from './roles/role-processes.service.js';
import type { SwitchboardConfig } from './switchboard.config.js';

type Environment = Readonly<Record<string, string | undefined>>;

export interface RunningDesk {
  /** What a person reads about it. */
  readonly banner: string;
  /** Roles first, then the database: nothing that was accepted is lost. */
  stop(): Promise<void>;
}

/**
 * The whole desk on one machine: database, keys, declared desk, roles. Throws in words when something cannot be
 * started, after stopping what already ran.
 */
export async function start(
  config: SwitchboardConfig,
  env: Environment,
  say: (line: string) => void,
): Promise<RunningDesk> {
  const { DATA_DIR: dataDir, DESK_LOCALE: locale } = config;
  await mustBeFree(portsOf(config), locale);
  await makeDataFolder(dataDir, locale);
  const database = await openDatabase(config.DATABASE_URL, dataDir, locale);
  try {
    const secretKey = config.SECRET_KEY ?? (await keptSecret(dataDir, 'secret.key'));
    const installation = { databaseUrl: database.url, secretKey, dataDir };
    const firstRunLink = await declare(config, env, installation);
    const roles = await startRoles((role) => roleEnvironment(role, env, config, installation), { say, locale });
    return {
      banner: describe(config, database, dataDir, roles, firstRunLink),
      stop: async () => {
        await roles.stop();
        await database.stop();
      },
    };
  } catch (fault) {
    await database.stop();
    throw fault;
  }
}

const portsOf = (config: SwitchboardConfig): WantedPort[] => [
  { variable: 'PORT', host: config.HOST, port: config.PORT },
  ...(showsDemo(config) ? [{ variable: 'DEMO_SMTP_PORT', host: '127.0.0.1', port: config.DEMO_SMTP_PORT }] : []),
];

const showsDemo = (config: SwitchboardConfig): boolean => config.DEMO ?? config.DESK_FILE === undefined;

/**
 * Applies the desk file; of the demonstration only what is missing, because people may have made the desk theirs.
 * Gives the link for the first administrator where none is there.
 */
async function declare(
  config: SwitchboardConfig,
  env: Environment,
  installation: Installation,
): Promise<string | undefined> {
  const { dataDir } = installation;
  const demo = showsDemo(config)
    ? {
        DEMO_PASSWORD: await keptSecret(dataDir, 'demo.password'),
        DEMO_FORM_SECRET: await keptSecret(dataDir, 'demo-form.secret'),
        DEMO_SMTP_PORT: String(config.DEMO_SMTP_PORT),
        DATA_DIR: dataDir,
      }
    : undefined;
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = config;
  return applyDeskFile({
    files: [
      ...(demo ? [{ path: demoFile, keep: true }] : []),
      ...(config.DESK_FILE ? [{ path: config.DESK_FILE }] : []),
    ],
    env: { ...roleEnvironment('router', env, config, installation), ...demo },
    administrator: email && password ? { email, password } : undefined,
  });
}

const demoFile = resolve(import.meta.dirname, '../../../../config/demo.yaml');

function describe(
  config: SwitchboardConfig,
  database: DeskDatabase,
  dataDir: string,
  roles: Roles,
  firstRunLink: string | undefined,
): string {
  const demo = {
    smtpPort: config.DEMO_SMTP_PORT,
    mailFolder: join(dataDir, 'demo-mail'),
    passwordFile: join(dataDir, 'demo.password'),
  };
  const facts = {
    url: `http://${config.HOST}:${roles.port}`,
    firstRunLink,
    demo: showsDemo(config) ? demo : undefined,
    database: database.kind,
    queue: config.REDIS_URL ? ('redis' as const) : ('postgres' as const),
    dataDir,
  };
  return banner(facts, config.DESK_LOCALE);
}
