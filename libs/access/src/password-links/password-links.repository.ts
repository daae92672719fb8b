import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';

/** Why somebody may set a password without knowing the old one. */
export type PasswordLinkPurpose = 'invitation' | 'password-reset';

export interface LivingLink {
  readonly purpose: PasswordLinkPurpose;
  readonly expiresAt: Date;
  readonly personId: PersonId;
  readonly email: string;
  readonly name: string;
}

const living = `token_hash = $1 and purpose in ('invitation', 'password-reset') and used_at is null and expires_at > now()`;

@Injectable()
export class PasswordLinksRepository {
  /** Adds a link; the earlier ones of this person end. */
  async add(tx: Db, tokenHash: Buffer, personId: PersonId, purpose: PasswordLinkPurpose, hours: number): Promise<Date> {
    await this.endAll(tx, personId);
    const sql = `
      insert into access_link (token_hash, purpose, person_id, expires_at)
      values ($1, $2, $3, now() + $4 * interval '1 hour')
      returning expires_at as "expiresAt"`;
    return (await rows<{ expiresAt: Date }>(tx, sql, [tokenHash, purpose, personId, hours]))[0]!.expiresAt;
  }

  /** The link if it would work; changes nothing, so that a mail scanner or a preview uses nothing up. */
  async look(db: Db, tokenHash: Buffer): Promise<LivingLink | undefined> {
    const sql = `
      select purpose, expires_at as "expiresAt", person.id as "personId", email, name
      from access_link join person on person.id = person_id where ${living} and disabled_at is null`;
    return (await rows<LivingLink>(db, sql, [tokenHash]))[0];
  }

  /** Uses the link up; false when it is unknown, used or too old. */
  async use(tx: Db, tokenHash: Buffer): Promise<boolean> {
    const sql = `update access_link set used_at = now() where ${living} returning 1`;
    return (await rows(tx, sql, [tokenHash])).length === 1;
  }

  /** Ends the links of a person that nobody used. */
  async endAll(tx: Db, personId: PersonId): Promise<void> {
    const sql = `
      update access_link set expires_at = now() where person_id = $1 and used_at is null and expires_at > now()`;
    await rows(tx, sql, [personId]);
  }

  /** How many resets were asked for this person within the last hour. */
  async askedLately(tx: Db, personId: PersonId): Promise<number> {
    const sql = `
      select count(*)::int as n from access_link
      where person_id = $1 and purpose = 'password-reset' and created_at > now() - interval '1 hour'`;
    return (await rows<{ n: number }>(tx, sql, [personId]))[0]?.n ?? 0;
  }
}
