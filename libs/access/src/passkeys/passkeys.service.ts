import { Injectable } from '@nestjs/common';
import type { PersonId } from '#libs/contracts';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PeopleRepository } from '../people.repository.js';
import type { PersonPrincipal } from '../principal.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { type NewPasskey, type Passkey, PasskeysRepository } from './passkeys.repository.js';

/** Nobody has more devices; an open session must not fill the table. */
const most = 20;

/** The passkeys of people. What WebAuthn asks and answers is the API's. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeysRepository,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
  ) {}

  async list({ id }: PersonPrincipal): Promise<Passkey[]> {
    return this.passkeys.ofPerson(this.database.db, id);
  }

  async mustHaveRoom({ id }: PersonPrincipal): Promise<void> {
    if ((await this.passkeys.ofPerson(this.database.db, id)).length >= most) {
      throw new DeskError('conflict', { text: 'refusal.tooManyPasskeys', most });
    }
  }

  async add(person: PersonPrincipal, passkey: NewPasskey): Promise<Passkey> {
    await this.mustHaveRoom(person);
    const added = await this.passkeys.add(this.database.db, person.id, passkey);
    if (!added) throw new DeskError('passkey_refused');
    return added;
  }

  async rename({ id: personId }: PersonPrincipal, id: string, name: string): Promise<Passkey> {
    const renamed = await this.passkeys.rename(this.database.db, personId, id, name);
    if (!renamed) throw new DeskError('not_found');
    return renamed;
  }

  /** Removes a passkey, unless the person could not sign in without it. */
  async remove({ id: personId }: PersonPrincipal, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Locked: two that are removed at the same moment would each see the other.
      const person = await this.people.lock(tx, personId);
      if (!(await this.passkeys.remove(tx, personId, id))) throw new DeskError('not_found');
      const isLast = (await this.passkeys.ofPerson(tx, personId)).length === 0;
      if (isLast && !person?.hasPassword && person?.providers.length === 0)
        throw new DeskError('conflict', 'refusal.lastWayIn');
    });
  }

  /** Takes all passkeys off somebody who lost their devices; their sessions end. */
  async removeAll(personId: PersonId): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!(await this.passkeys.removeAll(tx, personId))) throw new DeskError('not_found');
      await this.sessions.endAll(tx, personId);
    });
  }
}
