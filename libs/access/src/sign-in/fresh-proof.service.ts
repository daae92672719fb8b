import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PeopleRepository } from '../people.repository.js';
import type { PersonPrincipal } from '../principal.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { PasswordProof } from './password-proof.service.js';

/** What must be proved once more before somebody adds a way to sign in: an open session alone is no proof. */
@Injectable()
export class FreshProof {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: PasswordProof,
  ) {}

  /** Who has a password says it; who has none signed in a moment ago. */
  async demand(person: PersonPrincipal, password: string | undefined, network: string): Promise<void> {
    const known = await this.people.get(this.database.db, person.id);
    if (known?.hasPassword) return this.passwords.confirm(person, password ?? '', network);
    const isFresh = await this.sessions.isFresh(this.database.db, Buffer.from(person.session, 'hex'));
    if (!isFresh) throw new DeskError('sign_in_again');
  }
}
