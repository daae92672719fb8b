import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';

/** A passkey as its owner sees it. */
export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** Kept by a provider on all devices of its owner. */
  readonly synced: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** What an assertion is checked against. */
export interface PasskeyFacts {
  readonly id: string;
  readonly personId: PersonId;
  readonly publicKey: Buffer;
  readonly counter: number;
}

export interface NewPasskey {
  readonly credentialId: Buffer;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly synced: boolean;
  readonly name: string;
}

const columns = `id, name, synced, created_at as "createdAt", last_used_at as "lastUsedAt"`;

@Injectable()
export class PasskeysRepository {
  async ofPerson(db: Db, personId: PersonId): Promise<Passkey[]> {
    return rows<Passkey>(db, `select ${columns} from passkey where person_id = $1 order by id`, [personId]);
  }

  /** Those that the person's devices need not make again. */
  async credentialsOf(db: Db, personId: PersonId): Promise<{ credentialId: Buffer; transports: string[] }[]> {
    const sql = `select credential_id as "credentialId", transports from passkey where person_id = $1 order by id`;
    return rows(db, sql, [personId]);
  }

  /** Adds a passkey; nothing when somebody has registered it already. */
  async add(db: Db, personId: PersonId, passkey: NewPasskey): Promise<Passkey | undefined> {
    const sql = `
      insert into passkey (person_id, credential_id, public_key, counter, transports, synced, name)
      values ($1, $2, $3, $4, $5, $6, $7) on conflict (credential_id) do nothing returning ${columns}`;
    const { credentialId, publicKey, counter, transports, synced, name } = passkey;
    return (await rows<Passkey>(db, sql, [personId, credentialId, publicKey, counter, transports, synced, name]))[0];
  }

  async byCredential(db: Db, credentialId: Buffer): Promise<PasskeyFacts | undefined> {
    const sql = `
      select id, person_id as "personId", public_key as "publicKey", counter::float8 as counter
      from passkey where credential_id = $1`;
    return (await rows<PasskeyFacts>(db, sql, [credentialId]))[0];
  }

  /**
   * Notes the count of a use; false when it is not higher than before, which a copy of the passkey would do. Passkeys
   * that do not count say 0 each time.
   */
  async used(db: Db, id: string, counter: number): Promise<boolean> {
    const sql = `
      update passkey set counter = $2, last_used_at = now()
      where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) returning 1`;
    return (await rows(db, sql, [id, counter])).length === 1;
  }

  async rename(db: Db, personId: PersonId, id: string, name: string): Promise<Passkey | undefined> {
    const sql = `update passkey set name = $3 where person_id = $1 and id = $2 returning ${columns}`;
    return (await rows<Passkey>(db, sql, [personId, id, name]))[0];
  }

  async remove(db: Db, personId: PersonId, id: string): Promise<boolean> {
    const sql = `delete from passkey where person_id = $1 and id = $2 returning 1`;
    return (await rows(db, sql, [personId, id])).length === 1;
  }

  async removeAll(db: Db, personId: PersonId): Promise<boolean> {
    return (await rows(db, `delete from passkey where person_id = $1 returning 1`, [personId])).length > 0;
  }
}
