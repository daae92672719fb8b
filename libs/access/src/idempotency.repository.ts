import { Injectable } from '@nestjs/common';
import { type Db, rows } from '#libs/database';

/** One write of one caller on one route. */
export interface IdempotentWrite {
  readonly scope: string;
  readonly key: string;
  readonly hash: Buffer;
}

export interface KeptWrite {
  readonly hash: Buffer;
  /** Null while the write is being done. */
  readonly status: number | null;
  /** The answer's body, sealed; null for an empty one. */
  readonly sealed: string | null;
}

/** A kept answer lives a day; a write that has not ended after a minute was lost with its process. */
const free = `idempotency_key.created_at < now() - interval '24 hours'
  or (idempotency_key.status is null and idempotency_key.created_at < now() - interval '1 minute')`;

@Injectable()
export class IdempotencyRepository {
  /** Takes the key for this write; false when another write has it. */
  async claim(db: Db, { scope, key, hash }: IdempotentWrite): Promise<boolean> {
    const sql = `
      insert into idempotency_key (scope, key, request_hash) values ($1, $2, $3)
      on conflict (scope, key) do update
        set request_hash = excluded.request_hash, status = null, response = null, created_at = now()
        where ${free}
      returning 1`;
    return (await rows(db, sql, [scope, key, hash])).length === 1;
  }

  async get(db: Db, { scope, key }: IdempotentWrite): Promise<KeptWrite | undefined> {
    const sql = `
      select request_hash as hash, status, response #>> '{}' as sealed from idempotency_key
      where scope = $1 and key = $2`;
    return (await rows<KeptWrite>(db, sql, [scope, key]))[0];
  }

  async settle(db: Db, { scope, key }: IdempotentWrite, status: number, sealed: string | null): Promise<void> {
    const sql = `
      update idempotency_key set status = $3, response = to_jsonb($4::text)
      where scope = $1 and key = $2 and status is null`;
    await rows(db, sql, [scope, key, status, sealed]);
  }

  async release(db: Db, { scope, key }: IdempotentWrite): Promise<void> {
    await rows(db, `delete from idempotency_key where scope = $1 and key = $2 and status is null`, [scope, key]);
  }

  async dropExpired(db: Db): Promise<void> {
    await rows(db, `delete from idempotency_key where created_at < now() - interval '24 hours'`);
  }
}
