import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { ApiKeysRepository } from './api-keys.repository.js';
import { PeopleRepository } from './people.repository.js';
import type { Principal } from './principal.js';

/** What somebody may do now, for what is done later on their behalf: whoever lost a right, or the desk, has it no more. */
@Injectable()
export class LivingPrincipals {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly keys: ApiKeysRepository,
  ) {}

  async of({ type, id }: Pick<Principal, 'type' | 'id'>): Promise<Principal | undefined> {
    return type === 'person' ? this.person(id) : this.program(id);
  }

  private async person(id: string): Promise<Principal | undefined> {
    const person = await this.people.get(this.database.db, id);
    if (!person || person.disabledAt) return undefined;
    const { email, name, role, locale } = person;
    return { type: 'person', id, email, name, role, locale, session: '' };
  }

  private async program(id: string): Promise<Principal | undefined> {
    const [scopes] = await this.keys.scopesOf(this.database.db, [id]);
    return scopes && { type: 'program', id, name: '', scopes };
  }
}
