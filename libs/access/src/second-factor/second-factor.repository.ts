import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';

export interface TotpRow {
  /** Sealed. */
  readonly secret: string;
  readonly confirmedAt: Date | null;
  readonly lastStep: number;
  /** How long further tries are refused; 0 when one may be made now. */
  readonly waitMs: number;
}

const columns = `secret, confirmed_at as "confirmedAt", last_step::float8 as "lastStep",
  coalesce(greatest(0, extract(epoch from retry_at - now()) * 1000), 0)::float8 as "waitMs"`;

/** A secret that nobody confirmed by a code is forgotten after a quarter of an hour. */
const usable = `(confirmed_at is not null or created_at > now() - interval '15 minutes')`;

@Injectable()
export class SecondFactorRepository {
  /** Keeps a secret that still has to be confirmed; false where a confirmed one is there. */
  async begin(db: Db, personId: PersonId, secret: string): Promise<boolean> {
    const sql = `
      insert into totp (person_id, secret) values ($1, $2)
      on conflict (person_id) do update
        set secret = excluded.secret, last_step = 0, failures = 0, retry_at = null, created_at = now()
        where totp.confirmed_at is null
      returning 1`;
    return (await rows(db, sql, [personId, secret])).length === 1;
  }

  async get(db: Db, personId: PersonId): Promise<TotpRow | undefined> {
    return (await rows<TotpRow>(db, `select ${columns} from totp where person_id = $1 and ${usable}`, [personId]))[0];
  }

  /** Held until the transaction ends: tries that come at the same moment are judged one after another. */
  async lock(tx: Db, personId: PersonId): Promise<TotpRow | undefined> {
    const sql = `select ${columns} from totp where person_id = $1 and ${usable} for update`;
    return (await rows<TotpRow>(tx, sql, [personId]))[0];
  }

  /** A code of this time step was right; the secret is confirmed by it, if it was not before. */
  async used(tx: Db, personId: PersonId, step: number): Promise<void> {
    const sql = `
      update totp set last_step = greatest(last_step, $2), failures = 0, retry_at = null,
        confirmed_at = coalesce(confirmed_at, now())
      where person_id = $1`;
    await rows(tx, sql, [personId, step]);
  }

  /** A try was wrong: from the fifth in a row on each makes the next wait, longer each time, a quarter of an hour at most. */
  async failed(tx: Db, personId: PersonId): Promise<void> {
    const sql = `
      update totp set failures = failures + 1,
        retry_at = case when failures >= 4
          then now() + least(900, 30 * power(2, least(failures - 4, 10))) * interval '1 s' end
      where person_id = $1`;
    await rows(tx, sql, [personId]);
  }

  async remove(tx: Db, personId: PersonId): Promise<boolean> {
    const sql = `
      with gone as (delete from recovery_code where person_id = $1)
      delete from totp where person_id = $1 returning confirmed_at is not null as confirmed`;
    return (await rows<{ confirmed: boolean }>(tx, sql, [personId]))[0]?.confirmed === true;
  }

  /** Puts these recovery codes in the place of all earlier ones. */
  async replaceCodes(tx: Db, personId: PersonId, macs: readonly string[]): Promise<void> {
    const sql = `
      with gone as (delete from recovery_code where person_id = $1)
      insert into recovery_code (person_id, code_mac) select $1, unnest($2::text[])`;
    await rows(tx, sql, [personId, macs]);
  }

  /** Uses a recovery code up; false when it is unknown or used. */
  async useCode(tx: Db, personId: PersonId, mac: string): Promise<boolean> {
    const sql = `
      update recovery_code set used_at = now() where person_id = $1 and code_mac = $2 and used_at is null returning 1`;
    return (await rows(tx, sql, [personId, mac])).length === 1;
  }

  async codesLeft(db: Db, personId: PersonId): Promise<number> {
    const sql = `select count(*)::int as n from recovery_code where person_id = $1 and used_at is null`;
    return (await rows<{ n: number }>(db, sql, [personId]))[0]?.n ?? 0;
  }

  async dropUnconfirmed(db: Db): Promise<void> {
    await rows(db, `delete from totp where not ${usable}`);
  }
}
