import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { type Db, rows } from '#libs/database';

@Injectable()
export class ProviderIdentitiesRepository {
  /** Whom this subject of the provider was linked with; notes the use. */
  async use(tx: Db, provider: string, subject: string): Promise<PersonId | undefined> {
    const sql = `
      update provider_identity set last_used_at = now() where provider = $1 and subject = $2
      returning person_id as "personId"`;
    return (await rows<{ personId: PersonId }>(tx, sql, [provider, subject]))[0]?.personId;
  }

  /** Links a subject with a person; false when the person is another subject there already, or the subject another person. */
  async link(tx: Db, provider: string, subject: string, personId: PersonId): Promise<boolean> {
    const sql = `
      insert into provider_identity (provider, subject, person_id, last_used_at) values ($1, $2, $3, now())
      on conflict do nothing returning 1`;
    return (await rows(tx, sql, [provider, subject, personId])).length === 1;
  }

  async unlinkAll(tx: Db, personId: PersonId): Promise<boolean> {
    return (await rows(tx, `delete from provider_identity where person_id = $1 returning 1`, [personId])).length > 0;
  }
}
