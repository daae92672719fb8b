import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { AccessLinksRepository } from './access-links.repository.js';
import { checkPassword } from './password-rules.js';
import { PasswordsService } from './passwords.service.js';
import { PeopleRepository, type Person } from './people.repository.js';
import { tokenHash } from './token.js';

export interface FirstAdministrator {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

/** How the first people come in. */
@Injectable()
export class AccessService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly links: AccessLinksRepository,
    private readonly passwords: PasswordsService,
  ) {}

  /** The administrator of the environment: made when there is no such person; later changes are the person's own. */
  async ensureAdministrator(email: string, password: string): Promise<void> {
    if (await this.people.byEmail(this.database.db, email)) return;
    const passwordHash = await this.passwords.hash(password);
    await this.people.add(this.database.db, { email, name: 'Administrator', role: 'administrator', passwordHash });
  }

  /** A fresh link for setting the first administrator; nothing once there is one. Links given before end. */
  async firstRunLink(publicUrl: string): Promise<string | undefined> {
    return this.database.transaction(async (tx) => {
      if (await this.people.hasAdministrator(tx)) return undefined;
      const token = randomBytes(32).toString('base64url');
      await this.links.addFirstRun(tx, tokenHash(token));
      // After `#`, so that neither a log nor a Referer header ever holds the token.
      return new URL(`/first-run#${token}`, publicUrl).href;
    });
  }

  /** Uses a first-run link up: its holder becomes the first administrator. */
  async redeemFirstRun(token: string, administrator: FirstAdministrator): Promise<Person> {
    const { email, name, password } = administrator;
    checkPassword(password, email);
    if (!(await this.links.firstRunLives(this.database.db, tokenHash(token)))) throw new DeskError('bad_token');
    const passwordHash = await this.passwords.hash(password);
    return this.database.transaction(async (tx) => {
      if (!(await this.links.useFirstRun(tx, tokenHash(token)))) throw new DeskError('bad_token');
      if (await this.people.hasAdministrator(tx)) throw new DeskError('bad_token');
      return this.people.upsert(tx, { email, name, role: 'administrator', passwordHash });
    });
  }
}
