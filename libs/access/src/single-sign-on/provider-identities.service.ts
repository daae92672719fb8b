import { Injectable } from '@nestjs/common';
import type { Locale, PersonId } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PeopleRepository, type Person } from '../people.repository.js';
import type { Role } from '../role.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { ProviderIdentitiesRepository } from './provider-identities.repository.js';

/** What a provider of single sign-on vouches for. */
export interface ProviderClaims {
  readonly provider: string;
  /** The provider's own name of the person: it never changes and is never given to another. */
  readonly subject: string;
  /** Absent where the provider does not vouch for it. */
  readonly verifiedEmail: string | undefined;
  readonly name: string | undefined;
}

/** Makes people who come with an address that nobody here has. */
export interface NewcomerRule {
  readonly role: Role;
  readonly locale: Locale;
}

/** Who people at a provider of single sign-on are here. */
@Injectable()
export class ProviderIdentities {
  constructor(
    private readonly database: Database,
    private readonly identities: ProviderIdentitiesRepository,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  /**
   * The person of these claims. The first time somebody is found by the address that the provider has verified, and
   * linked for good; later the subject alone counts, whatever address it has. Nobody is made but by a `rule`.
   */
  async recognise(claims: ProviderClaims, rule: NewcomerRule | undefined): Promise<Person> {
    return this.database.transaction(async (tx) => {
      const known = await this.identities.use(tx, claims.provider, claims.subject);
      const person = known === undefined ? await this.meet(tx, claims, rule) : await this.people.get(tx, known);
      if (!person || person.disabledAt) throw new DeskError('not_invited');
      return person;
    });
  }

  /** Ends the links of a person with all providers, so that they can be linked anew; their sessions end. */
  async unlink(personId: PersonId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.identities.unlinkAll(tx, personId))) throw new DeskError('not_found');
      await this.sessions.endAll(tx, personId);
    });
  }

  private async meet(tx: Db, claims: ProviderClaims, rule: NewcomerRule | undefined): Promise<Person> {
    const { provider, subject, verifiedEmail: email, name } = claims;
    if (email === undefined) throw new DeskError('not_invited', 'refusal.emailNotVerified');
    const found = await this.people.byEmail(tx, email);
    const person = found ?? (rule && (await this.people.add(tx, { email, name: name ?? email, ...rule })));
    if (!person || person.disabledAt) throw new DeskError('not_invited');
    if (!(await this.identities.link(tx, provider, subject, person.id))) {
      throw new DeskError('not_invited', 'refusal.otherIdentity');
    }
    return person;
  }
}
