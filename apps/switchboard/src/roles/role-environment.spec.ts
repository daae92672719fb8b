import { describe, expect, it } from '@jest/globals';
import { switchboardConfig } from '../switchboard.config.js';
import { roleEnvironment } from './role-environment.js';

const installation = { databaseUrl: 'postgres://x/y', secretKey: 'k', dataDir: '/d' };
const config = switchboardConfig.parse({ PORT: '3100' });

describe('roleEnvironment', () => {
  it('gives every role the database, the key and the folder that the launcher settled on', () =>
    expect(roleEnvironment('router', { DATA_DIR: 'data', REDIS_URL: 'redis://r' }, config, installation)).toMatchObject(
      {
        DATABASE_URL: 'postgres://x/y',
        SECRET_KEY: 'k',
        DATA_DIR: '/d',
        REDIS_URL: 'redis://r',
        MIGRATE_ON_START: 'false',
        HEALTH_PORT: '0',
      },
    ));

  it('opens the port of people only for desk-api, and only when told', () => {
    expect(roleEnvironment('desk-api', {}, config, installation)).toMatchObject({ PORT: '3100', START_GATE: 'ipc' });
    expect(roleEnvironment('email-gateway', {}, config, installation)).not.toHaveProperty('START_GATE');
  });

  it('lets the environment decide what is logged and how the desk is called from outside', () =>
    expect(
      roleEnvironment('router', { LOG_LEVEL: 'debug', PUBLIC_URL: 'https://desk.example' }, config, installation),
    ).toMatchObject({ LOG_LEVEL: 'debug', PUBLIC_URL: 'https://desk.example', LOG_FORMAT: 'pretty' }));
});
