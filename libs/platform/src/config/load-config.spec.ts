import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { commonConfig } from './common.config.js';
import { ConfigError, loadConfig } from './load-config.js';

const enough = { DATABASE_URL: 'postgres://desk@db/desk', SECRET_KEY: 'ab'.repeat(32) };

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    loadConfig(commonConfig, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
};

describe('loadConfig', () => {
  it('completes what is given by defaults', () => {
    expect(loadConfig(commonConfig, { ...enough, DATABASE_POOL: '7', MIGRATE_ON_START: 'false' })).toMatchObject({
      ...enough,
      DATABASE_POOL: 7,
      QUEUE_PREFIX: 'switchboard',
      DATA_DIR: resolve('data'),
      LOG_LEVEL: 'info',
      PHONE_REGION: 'RU',
      TRUST_PROXY: [],
      MIGRATE_ON_START: false,
    });
  });

  it('takes an empty variable for an absent one', () => {
    expect(loadConfig(commonConfig, { ...enough, REDIS_URL: '', LOG_LEVEL: '' })).toMatchObject({ LOG_LEVEL: 'info' });
  });

  it('names every fault at once, each by its variable', () => {
    const env = { DATABASE_URL: 'mysql://x', DATABASE_POOL: 'many', LOG_LEVEL: 'loud', TRUST_PROXY: 'evil.example' };
    expect(faultsOf({ ...env, DESK_LOCALE: 'en' })).toEqual([
      'Configuration: 5 faults',
      '  DATABASE_URL: must be an address (URL) of the right kind',
      '  DATABASE_POOL: must be a number',
      '  SECRET_KEY: is required',
      '  LOG_LEVEL: must be one of: fatal, error, warn, info, debug, trace, silent',
      '  TRUST_PROXY: must be addresses, networks and names by comma: 10.0.0.1, 10.0.0.0/8, loopback',
    ]);
  });

  it('speaks Russian unless told otherwise, with the right plural', () => {
    expect(faultsOf({ DATABASE_URL: 'x', SECRET_KEY: 'y' })[0]).toBe('Настройка: найдены 2 ошибки');
  });

  it('never repeats a value, which may be a secret', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://u:hunter2@h', SECRET_KEY: 'hunter2' }).join()).not.toContain('hunter2');
  });

  it('reads nothing but what the schema names', () => {
    expect(loadConfig(z.object({ A: z.string() }), { A: '1', B: '2' })).toEqual({ A: '1' });
  });
});
