import { Injectable } from '@nestjs/common';
import type { Locale, PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';
import type { Role } from '../role.js';
import type { Device } from './device.js';

/** A living session with the person it belongs to. */
export interface SessionRow {
  readonly personId: PersonId;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly locale: Locale;
  /** Not noted as seen for a minute or more. */
  readonly stale: boolean;
}

/** A session as its owner sees it. */
export interface OwnSession extends Device {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly hash: Buffer;
}

/** A session lives 12 hours after it was last used, and a week at most. */
const living = `expires_at > now() and session.created_at > now() - interval '7 days'`;

@Injectable()
export class SessionsRepository {
  async add(db: Db, tokenHash: Buffer, personId: PersonId, { browser, system }: Device): Promise<Date> {
    const sql = `
      insert into session (token_hash, person_id, browser, system, expires_at)
      values ($1, $2, $3, $4, now() + interval '12 hours')
      returning expires_at as "expiresAt"`;
    return (await rows<{ expiresAt: Date }>(db, sql, [tokenHash, personId, browser, system]))[0]!.expiresAt;
  }

  async living(db: Db, tokenHash: Buffer): Promise<SessionRow | undefined> {
    const sql = `
      select person.id as "personId", email, name, role, locale, last_seen_at < now() - interval '1 minute' as stale
      from session join person on person.id = person_id
      where token_hash = $1 and ${living} and disabled_at is null`;
    return (await rows<SessionRow>(db, sql, [tokenHash]))[0];
  }

  async touch(db: Db, tokenHash: Buffer): Promise<void> {
    const sql = `
      update session set last_seen_at = now(), expires_at = now() + interval '12 hours'
      where token_hash = $1 and last_seen_at < now() - interval '1 minute'`;
    await rows(db, sql, [tokenHash]);
  }

  async end(db: Db, tokenHash: Buffer): Promise<void> {
    await rows(db, `delete from session where token_hash = $1`, [tokenHash]);
  }

  /** Whether the session was opened within the last ten minutes. */
  async isFresh(db: Db, tokenHash: Buffer): Promise<boolean> {
    const sql = `select 1 from session where token_hash = $1 and created_at > now() - interval '10 minutes'`;
    return (await rows(db, sql, [tokenHash])).length === 1;
  }

  /** The living sessions of a person, the one used last first. */
  async ofPerson(db: Db, personId: PersonId): Promise<OwnSession[]> {
    const sql = `
      select id, token_hash as hash, browser, system, created_at as "createdAt", last_seen_at as "lastSeenAt"
      from session where person_id = $1 and ${living}
      order by last_seen_at desc, id desc limit 100`;
    return rows<OwnSession>(db, sql, [personId]);
  }

  /** Ends one session of this person; answers its hash, nothing when the person has no such session. */
  async endOwn(db: Db, personId: PersonId, id: string): Promise<Buffer | undefined> {
    const sql = `delete from session where person_id = $1 and id = $2 returning token_hash as hash`;
    return (await rows<{ hash: Buffer }>(db, sql, [personId, id]))[0]?.hash;
  }

  /** Ends the sessions of this person but the one, and whatever was half way to become one. */
  async endOthers(db: Db, personId: PersonId, kept: Buffer): Promise<Buffer[]> {
    const sql = `
      with asked as (delete from sign_in_challenge where person_id = $1)
      delete from session where person_id = $1 and token_hash <> $2 returning token_hash as hash`;
    return (await rows<{ hash: Buffer }>(db, sql, [personId, kept])).map(({ hash }) => hash);
  }

  /** Ends all sessions of a person, and whatever was half way to become one. */
  async endAll(db: Db, personId: PersonId): Promise<void> {
    const sql = `
      with asked as (delete from sign_in_challenge where person_id = $1)
      delete from session where person_id = $1`;
    await rows(db, sql, [personId]);
  }

  /** Which of these sessions still live and whose role is still this. */
  async stillLiving(db: Db, sessions: readonly { hash: Buffer; role: Role }[]): Promise<Buffer[]> {
    const sql = `
      select token_hash as hash from unnest($1::bytea[], $2::text[]) as asked (hash, role)
      join session on token_hash = asked.hash join person on person.id = person_id and person.role = asked.role
      where ${living} and disabled_at is null`;
    const found = await rows<{ hash: Buffer }>(db, sql, [
      sessions.map(({ hash }) => hash),
      sessions.map(({ role }) => role),
    ]);
    return found.map(({ hash }) => hash);
  }

  async dropExpired(db: Db): Promise<void> {
    await rows(db, `delete from session where expires_at < now()`);
  }
}
