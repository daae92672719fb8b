import { z } from 'zod';
import { flag, port } from '#libs/platform';

/** What the desk was started with. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** Variables of the launcher; each role reads its own besides. Every value has a default: `npm start` needs none. */
export const switchboardConfig = z.object({
  /** Port of the console and the API. */
  PORT: port.default(3000),
  /** Address that PORT is opened on. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of everything that must survive: database, files, demo mail, keys. */
  DATA_DIR: z.string().min(1).default('data'),
  /** PostgreSQL to use; without it the desk brings its own. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Redis or Valkey for the queues; without it BullMQ works on PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** Key that seals secrets, 32 bytes in base64 or hex; without it one is made and kept in DATA_DIR/secret.key. */
  SECRET_KEY: z.string().optional(),
  /** YAML file that declares queues, people, accounts and rules; applied at every start. */
  DESK_FILE: z.string().optional(),
  /** Show the demonstration desk; the default is true when DESK_FILE is not set. */
  DEMO: flag.optional(),
  /** Port on loopback where the demo mailbox takes mail. */
  DEMO_SMTP_PORT: port.default(2525),
  /** E-mail of the first administrator; made at start together with ADMIN_PASSWORD. */
  ADMIN_EMAIL: z.email().optional(),
  /** Password of the first administrator, 8 characters or more. */
  ADMIN_PASSWORD: z.string().min(8).max(256).optional(),
  /** Language of what the launcher prints: ru or en. */
  DESK_LOCALE: z.enum(['ru', 'en']).default('ru'),
});
export type SwitchboardConfig = z.infer<typeof switchboardConfig>;
