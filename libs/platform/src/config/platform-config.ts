import type { CommonConfig } from './common.config.js';

/** The common variables of this process, as a thing to inject. */
export abstract class PlatformConfig implements CommonConfig {
  abstract readonly DATABASE_URL: CommonConfig['DATABASE_URL'];
  abstract readonly DATABASE_POOL: CommonConfig['DATABASE_POOL'];
  abstract readonly REDIS_URL: CommonConfig['REDIS_URL'];
  abstract readonly QUEUE_PREFIX: CommonConfig['QUEUE_PREFIX'];
  abstract readonly DATA_DIR: CommonConfig['DATA_DIR'];
  abstract readonly SECRET_KEY: CommonConfig['SECRET_KEY'];
  abstract readonly LOG_LEVEL: CommonConfig['LOG_LEVEL'];
  abstract readonly LOG_FORMAT: CommonConfig['LOG_FORMAT'];
  abstract readonly DESK_NAME: CommonConfig['DESK_NAME'];
  abstract readonly DESK_LOCALE: CommonConfig['DESK_LOCALE'];
  abstract readonly PUBLIC_URL: CommonConfig['PUBLIC_URL'];
  abstract readonly PHONE_REGION: CommonConfig['PHONE_REGION'];
  abstract readonly HEALTH_PORT: CommonConfig['HEALTH_PORT'];
  abstract readonly HEALTH_HOST: CommonConfig['HEALTH_HOST'];
  abstract readonly TRUST_PROXY: CommonConfig['TRUST_PROXY'];
  abstract readonly EGRESS_ALLOW: CommonConfig['EGRESS_ALLOW'];
  abstract readonly MIGRATE_ON_START: CommonConfig['MIGRATE_ON_START'];
}
