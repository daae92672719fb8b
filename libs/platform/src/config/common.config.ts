import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { locales } from '#libs/contracts';
import { readOwnPlaces } from '../egress/public-address.js';
import { decodeSecretKey } from '../secrets/secret-key.js';

/** A TCP port; 0 asks for any free one. */
export const port = z.coerce.number().int().min(0).max(65_535);

/** `true` or `false`, written out. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

const proxyNames = ['loopback', 'linklocal', 'uniquelocal'];
const isProxy = (entry: string): boolean => proxyNames.includes(entry) || isIP(entry.split('/', 1)[0] ?? '') !== 0;

/** Variables that every process reads; an app's own schema extends this one (`commonConfig.extend({ … })`). */
export const commonConfig = z.object({
  /** PostgreSQL of the desk: `postgres://user:password@host:port/database`. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Most connections this process opens to PostgreSQL. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(500).default(10),
  /** Redis or Valkey for the queues; without it BullMQ works on PostgreSQL. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  /** First part of the names of the queues, so that two desks can share one server. */
  QUEUE_PREFIX: z.string().min(1).default('switchboard'),
  /** Folder of everything that must survive. */
  DATA_DIR: z
    .string()
    .min(1)
    .default('data')
    .transform((path) => resolve(path)),
  /** Key that seals secrets, 32 bytes in base64 or hex. Make one: `openssl rand -base64 32`. */
  SECRET_KEY: z.string().refine((key) => decodeSecretKey(key) !== undefined, 'fault.secretKey'),
  /** Least severe lines that are logged. */
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** `json` for machines, `pretty` for a person at a terminal. */
  LOG_FORMAT: z.enum(['json', 'pretty']).default('json'),
  /** Name of the desk in what it writes to requesters. */
  DESK_NAME: z.string().min(1).max(100).default('Switchboard'),
  /** Language of the terminal and of whoever did not say theirs: ru or en. */
  DESK_LOCALE: z.enum(locales).default('ru'),
  /** Where people reach the desk, as it stands in links. */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000'),
  /** Country whose national phone numbers are understood without a prefix. */
  PHONE_REGION: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .default('RU'),
  /** Port of health and metrics of a gateway or a router; 0 takes any free one. */
  HEALTH_PORT: port.default(0),
  /** Address that HEALTH_PORT is opened on. */
  HEALTH_HOST: z.string().min(1).default('127.0.0.1'),
  /** Proxies whose X-Forwarded-* headers are believed: addresses, CIDR ranges, `loopback`; comma-separated. */
  TRUST_PROXY: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.every(isProxy), 'fault.proxies'),
  /** Own networks and names that webhooks and tests of channels may reach besides the Internet: `10.0.0.0/8, mail.corp`. */
  EGRESS_ALLOW: z
    .string()
    .default('')
    .refine((list) => readOwnPlaces(list) !== undefined, 'fault.ownPlaces'),
  /** Bring the database to the newest schema before starting. */
  MIGRATE_ON_START: flag.prefault('true'),
});
export type CommonConfig = z.output<typeof commonConfig>;
