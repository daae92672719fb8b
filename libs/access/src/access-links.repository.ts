import { Injectable } from '@nestjs/common';
import { type Db, rows } from '#libs/database';

@Injectable()
export class AccessLinksRepository {
  /** Adds a first-run link that lives three days; the earlier ones end. */
  async addFirstRun(db: Db, tokenHash: Buffer): Promise<void> {
    await rows(db, `delete from access_link where purpose = 'first-run'`);
    const sql = `
      insert into access_link (token_hash, purpose, expires_at) values ($1, 'first-run', now() + interval '3 days')`;
    await rows(db, sql, [tokenHash]);
  }

  /** Whether the link would work; changes nothing, so that a mail scanner or a preview uses nothing up. */
  async firstRunLives(db: Db, tokenHash: Buffer): Promise<boolean> {
    const sql = `
      select from access_link
      where token_hash = $1 and purpose = 'first-run' and used_at is null and expires_at > now()`;
    return (await rows(db, sql, [tokenHash])).length === 1;
  }

  /** Uses the link up; false when it is unknown, used or too old. */
  async useFirstRun(db: Db, tokenHash: Buffer): Promise<boolean> {
    const sql = `
      update access_link set used_at = now()
      where token_hash = $1 and purpose = 'first-run' and used_at is null and expires_at > now() returning 1`;
    return (await rows(db, sql, [tokenHash])).length === 1;
  }

  async dropExpired(db: Db): Promise<void> {
    await rows(db, `delete from access_link where expires_at < now() - interval '30 days'`);
  }
}
