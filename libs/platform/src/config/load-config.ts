import type { z } from 'zod';
import type { Locale } from '#libs/contracts';
import type { Fault } from '../refusals/desk-error.js';
import { faultOf } from '../refusals/fault-of.js';
import { tellFaults } from '../refusals/tell-faults.js';
import { text } from '../texts/text.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment does not describe a process that can start; the message names every fault, one a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(faults: readonly Fault[], locale: Locale) {
    const lines = tellFaults(locale, faults).map(({ path, message }) => `  ${path}: ${message}`);
    super([text(locale, 'config.faults', { count: faults.length }), ...lines].join('\n'));
  }
}

/**
 * Reads the variables that `schema` names, each once, into one typed object. An empty variable counts as absent.
 * Throws `ConfigError` with all faults together, so that a person corrects them in one go.
 */
export function loadConfig<Schema extends z.ZodObject>(schema: Schema, env: Environment): z.output<Schema> {
  const given = Object.keys(schema.shape).map((name) => [name, env[name] || undefined] as const);
  const locale: Locale = env.DESK_LOCALE === 'en' ? 'en' : 'ru';
  const answer = schema.safeParse(Object.fromEntries(given), { reportInput: true });
  if (answer.success) return answer.data;
  throw new ConfigError(answer.error.issues.map(faultOf), locale);
}
