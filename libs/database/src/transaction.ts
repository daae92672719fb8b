import type { EntityManager } from 'typeorm';

/**
 * What a repository method works on, always its first argument: the pool's manager, or the manager of the
 * caller's transaction. Repositories never open a transaction; services do.
 */
export type Db = EntityManager;
