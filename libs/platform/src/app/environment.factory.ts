import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { ConfigError, loadConfig } from '../config/load-config.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The typed configuration of a process. A variable may be given as the path of a file that holds it
 * (`SECRET_KEY_FILE=/run/secrets/key`), which is how containers get their secrets.
 */
export function readConfig<Schema extends z.ZodObject>(schema: Schema, env: Environment): z.output<Schema> {
  const fromFiles: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const path = env[`${name}_FILE`];
    if (path && !env[name]) fromFiles[name] = readTrimmed(`${name}_FILE`, path, env);
  }
  return loadConfig(schema, { ...env, ...fromFiles });
}

function readTrimmed(name: string, path: string, env: Environment): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    const locale = env.DESK_LOCALE === 'en' ? 'en' : 'ru';
    throw new ConfigError([{ path: name, message: { text: 'fault.unreadable', path } }], locale);
  }
}
