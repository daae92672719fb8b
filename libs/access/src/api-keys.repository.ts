import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';
import { knownScopes, type Scope } from './scope.js';

/** A key as the list shows it: everything but the secret. */
export interface ApiKey {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdBy: PersonId | null;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export interface NewApiKey {
  readonly prefix: string;
  readonly secretHash: Buffer;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdBy?: PersonId | undefined;
  readonly expiresAt?: Date | undefined;
}

const columns = `id, prefix, name, scopes, created_by as "createdBy", created_at as "createdAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;
const living = `revoked_at is null and (expires_at is null or expires_at > now())`;

@Injectable()
export class ApiKeysRepository {
  async list(db: Db, afterId: string | undefined, limit: number): Promise<ApiKey[]> {
    const sql = `select ${columns} from api_key where id > $1 order by id limit $2`;
    return rows<ApiKey>(db, sql, [afterId ?? '0', limit]);
  }

  /** Names by id, also of keys that ended. */
  async names(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const sql = 'select id, name from api_key where id = any($1)';
    const found = await rows<{ id: string; name: string }>(db, sql, [ids]);
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  async add(db: Db, key: NewApiKey): Promise<ApiKey> {
    const sql = `
      insert into api_key (prefix, secret_hash, name, scopes, created_by, expires_at) values ($1, $2, $3, $4, $5, $6)
      returning ${columns}`;
    const { prefix, secretHash, name, scopes, createdBy, expiresAt } = key;
    const values = [prefix, secretHash, name, scopes, createdBy ?? null, expiresAt ?? null];
    return (await rows<ApiKey>(db, sql, values))[0] as ApiKey;
  }

  /** The key with this prefix exists, lives and has these values: what the environment declares. */
  async ensure(db: Db, key: NewApiKey): Promise<void> {
    const sql = `
      insert into api_key (prefix, secret_hash, name, scopes) values ($1, $2, $3, $4)
      on conflict (prefix) do update set secret_hash = excluded.secret_hash, name = excluded.name,
        scopes = excluded.scopes, expires_at = null, revoked_at = null`;
    await rows(db, sql, [key.prefix, key.secretHash, key.name, key.scopes]);
  }

  async living(db: Db, prefix: string): Promise<(ApiKey & { secretHash: Buffer; stale: boolean }) | undefined> {
    const sql = `
      select ${columns}, secret_hash as "secretHash",
        coalesce(last_used_at < now() - interval '1 minute', true) as stale
      from api_key where prefix = $1 and ${living}`;
    return (await rows<ApiKey & { secretHash: Buffer; stale: boolean }>(db, sql, [prefix]))[0];
  }

  async stillLiving(db: Db, ids: readonly string[]): Promise<string[]> {
    const found = await rows<{ id: string }>(db, `select id from api_key where id = any($1) and ${living}`, [ids]);
    return found.map(({ id }) => id);
  }

  /** What living keys may do, in no order. */
  async scopesOf(db: Db, ids: readonly string[]): Promise<Scope[][]> {
    const sql = `select scopes from api_key where id = any($1) and ${living}`;
    return (await rows<{ scopes: string[] }>(db, sql, [ids])).map(({ scopes }) => knownScopes(scopes));
  }

  async touch(db: Db, id: string): Promise<void> {
    const sql = `
      update api_key set last_used_at = now()
      where id = $1 and coalesce(last_used_at < now() - interval '1 minute', true)`;
    await rows(db, sql, [id]);
  }

  /** Ends a key; nothing when there is none. A second time changes nothing. */
  async revoke(db: Db, id: string): Promise<ApiKey | undefined> {
    const sql = `update api_key set revoked_at = coalesce(revoked_at, now()) where id = $1 returning ${columns}`;
    return (await rows<ApiKey>(db, sql, [id]))[0];
  }

  /** Revokes the living keys of this name that have another prefix. */
  async revokeOthers(db: Db, name: string, prefix: string): Promise<void> {
    const sql = `update api_key set revoked_at = now() where name = $1 and prefix <> $2 and revoked_at is null`;
    await rows(db, sql, [name, prefix]);
  }
}
