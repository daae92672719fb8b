import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { readApiKey, writeApiKey } from './api-key.js';
import { type ApiKey, ApiKeysRepository } from './api-keys.repository.js';
import type { Principal, ProgramPrincipal } from './principal.js';
import { knownScopes, type Scope, scopes } from './scope.js';
import { tokenHash } from './token.js';

export interface IssuedKey {
  readonly row: ApiKey;
  /** Shown once: nobody can read it again. */
  readonly key: string;
}

export interface KeyWish {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt?: Date | undefined;
}

const bootstrapName = 'BOOTSTRAP_API_KEY';

/** Keys of programs. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly database: Database,
    private readonly keys: ApiKeysRepository,
  ) {}

  /** Makes a key. A program can give no scope that it has not itself. */
  async issue(by: Principal, wish: KeyWish): Promise<IssuedKey> {
    if (by.type === 'program' && wish.scopes.some((scope) => !by.scopes.includes(scope))) {
      throw new DeskError('forbidden', 'refusal.ownScopesOnly');
    }
    const parts = { prefix: randomBytes(6).toString('hex'), secret: randomBytes(32).toString('base64url') };
    const createdBy: PersonId | undefined = by.type === 'person' ? by.id : undefined;
    const key = { ...wish, prefix: parts.prefix, secretHash: tokenHash(parts.secret), createdBy };
    return { row: await this.keys.add(this.database.db, key), key: writeApiKey(parts) };
  }

  async authenticate(key: string): Promise<ProgramPrincipal | undefined> {
    const parts = readApiKey(key) ?? bootstrapParts(key);
    if (!parts) return undefined;
    const row = await this.keys.living(this.database.db, parts.prefix);
    if (!row || !timingSafeEqual(row.secretHash, tokenHash(parts.secret))) return undefined;
    if (row.stale) await this.keys.touch(this.database.db, row.id);
    return { type: 'program', id: row.id, name: row.name, scopes: knownScopes(row.scopes) };
  }

  async stillLiving(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.keys.stillLiving(this.database.db, ids));
  }

  /** The all-scope key of the environment; one that is no longer there stops working. */
  async ensureBootstrapKey(key: string | undefined): Promise<void> {
    const parts = key === undefined ? undefined : (readApiKey(key) ?? bootstrapParts(key));
    await this.database.transaction(async (tx) => {
      await this.keys.revokeOthers(tx, bootstrapName, parts?.prefix ?? '');
      if (!parts) return;
      const secretHash = tokenHash(parts.secret);
      await this.keys.ensure(tx, { prefix: parts.prefix, secretHash, name: bootstrapName, scopes: [...scopes] });
    });
  }
}

/** A key of the environment may have any form of at least 16 signs: its prefix is then a digest of it. */
const bootstrapParts = (key: string) =>
  key.length < 16 || key.length > 512
    ? undefined
    : { prefix: `env${tokenHash(`prefix ${key}`).toString('hex').slice(0, 12)}`, secret: key };
