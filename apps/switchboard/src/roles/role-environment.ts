import type { SwitchboardConfig } from '../switchboard.config.js';

/** The roles that make a whole desk, in the order in which they are started. */
export const roleNames = ['email-gateway', 'messenger-gateway', 'router', 'desk-api'] as const;
export type RoleName = (typeof roleNames)[number];

export interface Installation {
  readonly databaseUrl: string;
  readonly secretKey: string;
  /** Absolute. */
  readonly dataDir: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Environment of one role: what the launcher was given, completed by what it found out. On one machine warnings
 * are enough to read; gateways and router open their health on any free port, so that nothing collides.
 */
export function roleEnvironment(
  role: RoleName,
  given: Environment,
  config: SwitchboardConfig,
  installation: Installation,
): Record<string, string | undefined> {
  const common = {
    LOG_LEVEL: 'warn',
    LOG_FORMAT: 'pretty',
    PUBLIC_URL: `http://${config.HOST}:${config.PORT}`,
    ...given,
    DATABASE_URL: installation.databaseUrl,
    SECRET_KEY: installation.secretKey,
    DATA_DIR: installation.dataDir,
    // The launcher has migrated before any role starts.
    MIGRATE_ON_START: 'false',
  };
  return role === 'desk-api'
    ? { ...common, PORT: String(config.PORT), HOST: config.HOST, START_GATE: 'ipc' }
    : { ...common, HEALTH_PORT: '0' };
}
