import { Injectable } from '@nestjs/common';
import type { Locale, PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';
import type { Role } from './role.js';

/** Somebody who works at the desk. */
export interface Person {
  readonly id: PersonId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly locale: Locale;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
  /** Somebody without one was invited and did not come yet, or comes in by other ways. */
  readonly hasPassword: boolean;
  /** Signing in by password asks for a code, too. */
  readonly secondFactor: boolean;
  /** How many. */
  readonly passkeys: number;
  /** Keys of the providers of single sign-on that the person is linked with. */
  readonly providers: readonly string[];
}

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly locale?: Locale;
  readonly passwordHash?: string;
}

export interface PersonChange {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly locale?: Locale | undefined;
  readonly disabled?: boolean | undefined;
  readonly passwordHash?: string | undefined;
}

const columns = `id, email, name, role, locale, disabled_at as "disabledAt", created_at as "createdAt", version,
  password_hash is not null as "hasPassword",
  exists (select from totp where person_id = person.id and confirmed_at is not null) as "secondFactor",
  (select count(*)::int from passkey where person_id = person.id) as passkeys,
  array(select provider from provider_identity where person_id = person.id order by provider) as providers`;

@Injectable()
export class PeopleRepository {
  async list(db: Db, afterId: PersonId | undefined, limit: number): Promise<Person[]> {
    const sql = `select ${columns} from person where id > $1 order by id limit $2`;
    return rows<Person>(db, sql, [afterId ?? '0', limit]);
  }

  async get(db: Db, id: PersonId): Promise<Person | undefined> {
    return (await rows<Person>(db, `select ${columns} from person where id = $1`, [id]))[0];
  }

  /** Held until the transaction ends. */
  async lock(tx: Db, id: PersonId): Promise<Person | undefined> {
    return (await rows<Person>(tx, `select ${columns} from person where id = $1 for no key update`, [id]))[0];
  }

  /** Names by id, also of people who left. */
  async names(db: Db, ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, string>> {
    const found = await rows<{ id: PersonId; name: string }>(db, 'select id, name from person where id = any($1)', [
      ids,
    ]);
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  async byEmail(db: Db, email: string): Promise<(Person & { passwordHash: string | null }) | undefined> {
    const sql = `select ${columns}, password_hash as "passwordHash" from person where email = lower($1)`;
    return (await rows<Person & { passwordHash: string | null }>(db, sql, [email]))[0];
  }

  /** Adds a person; nothing when the address is taken. */
  async add(db: Db, person: NewPerson): Promise<Person | undefined> {
    const sql = `
      insert into person (email, name, role, locale, password_hash) values (lower($1), $2, $3, $4, $5)
      on conflict (email) do nothing returning ${columns}`;
    const { email, name, role, locale = 'ru', passwordHash = null } = person;
    return (await rows<Person>(db, sql, [email, name, role, locale, passwordHash]))[0];
  }

  /**
   * As `add`, but a person with this address is brought to these values: what the desk file declares. Whoever was disabled
   * stays so. The version grows only when something differs.
   */
  async upsert(db: Db, person: NewPerson): Promise<Person> {
    const sql = `
      insert into person (email, name, role, locale, password_hash) values (lower($1), $2, $3, $4, $5)
      on conflict (email) do update set name = excluded.name, role = excluded.role, locale = excluded.locale,
        password_hash = coalesce(excluded.password_hash, person.password_hash),
        version = person.version + ((person.name, person.role, person.locale) is distinct from
          (excluded.name, excluded.role, excluded.locale) or excluded.password_hash is not null)::int
      returning ${columns}`;
    const { email, name, role, locale = 'ru', passwordHash = null } = person;
    return (await rows<Person>(db, sql, [email, name, role, locale, passwordHash]))[0] as Person;
  }

  /** Changes the version that was seen; nothing when there is no such person or the version is another. */
  async change(db: Db, id: PersonId, version: number, change: PersonChange): Promise<Person | undefined> {
    const sql = `
      update person set name = coalesce($3, name), role = coalesce($4, role), locale = coalesce($5, locale),
        disabled_at = case when $6::boolean is null then disabled_at when $6 then coalesce(disabled_at, now()) end,
        password_hash = coalesce($7, password_hash), version = version + 1
      where id = $1 and version = $2 returning ${columns}`;
    const { name, role, locale, disabled, passwordHash } = change;
    const values = [id, version, name, role, locale, disabled, passwordHash].map((value) => value ?? null);
    return (await rows<Person>(db, sql, values))[0];
  }

  async setPasswordHash(db: Db, id: PersonId, passwordHash: string): Promise<void> {
    await rows(db, `update person set password_hash = $2 where id = $1`, [id, passwordHash]);
  }

  /** Those of the people who may not work here any more. */
  async disabledAmong(db: Db, ids: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
    const sql = `select id from person where id = any($1::bigint[]) and disabled_at is not null`;
    return new Set((await rows<{ id: PersonId }>(db, sql, [ids])).map(({ id }) => id));
  }

  /** How many administrators can sign in, apart from this one; locks them so that two can't take each other's role. */
  async otherAdministrators(db: Db, id: PersonId): Promise<number> {
    const sql = `
      select id from person where role = 'administrator' and disabled_at is null and id <> $1
      order by id for update`;
    return (await rows(db, sql, [id])).length;
  }

  async hasAdministrator(db: Db): Promise<boolean> {
    const sql = `select exists (select from person where role = 'administrator' and disabled_at is null) as yes`;
    return (await rows<{ yes: boolean }>(db, sql))[0]?.yes === true;
  }
}
