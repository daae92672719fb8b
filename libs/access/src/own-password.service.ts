import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PasswordLinksRepository } from './password-links/password-links.repository.js';
import { checkPassword } from './password-rules.js';
import { PasswordsService } from './passwords.service.js';
import { PeopleRepository } from './people.repository.js';
import type { PersonPrincipal } from './principal.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService, type SignedIn } from './sessions/sessions.service.js';
import type { Device } from './sessions/device.js';

/** The password that a person chooses anew. */
@Injectable()
export class OwnPassword {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly passwords: PasswordsService,
    private readonly links: PasswordLinksRepository,
    private readonly endings: SessionsRepository,
    private readonly sessions: SessionsService,
  ) {}

  /** Sets the password of somebody who proved the old one. All their sessions end; a new one takes the place of this. */
  async change({ id, email }: PersonPrincipal, password: string, device: Device): Promise<SignedIn> {
    checkPassword(password, email);
    const passwordHash = await this.passwords.hash(password);
    const person = await this.database.transaction(async (tx) => {
      await this.people.setPasswordHash(tx, id, passwordHash);
      await this.links.endAll(tx, id);
      await this.endings.endAll(tx, id);
      return this.people.get(tx, id);
    });
    if (!person || person.disabledAt) throw new DeskError('unauthenticated');
    return this.sessions.start(person, device);
  }
}
