import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { checkPassword } from '../password-rules.js';
import { PasswordsService } from '../passwords.service.js';
import { PeopleRepository, type Person } from '../people.repository.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { tokenHash } from '../token.js';
import { type LivingLink, type PasswordLinkPurpose, PasswordLinksRepository } from './password-links.repository.js';

/** A link that was given out. */
export interface IssuedLink {
  readonly purpose: PasswordLinkPurpose;
  /** Only its hash is kept here. */
  readonly token: string;
  readonly expiresAt: Date;
}

const hours: Readonly<Record<PasswordLinkPurpose, number>> = { invitation: 72, 'password-reset': 1 };

/** More resets of one person within an hour are somebody's game. */
const mostAsked = 3;

/** One-time links by which people set their password: an invitation, a reset. */
@Injectable()
export class PasswordLinks {
  constructor(
    private readonly database: Database,
    private readonly links: PasswordLinksRepository,
    private readonly people: PeopleRepository,
    private readonly passwords: PasswordsService,
    private readonly sessions: SessionsRepository,
  ) {}

  /** A fresh link; the earlier ones of this person end. */
  async issue(tx: Db, { id, disabledAt }: Person, purpose: PasswordLinkPurpose): Promise<IssuedLink> {
    if (disabledAt) throw new DeskError('conflict', 'refusal.personDisabled');
    const token = randomBytes(32).toString('base64url');
    const expiresAt = await this.links.add(tx, tokenHash(token), id, purpose, hours[purpose]);
    return { purpose, token, expiresAt };
  }

  /** Who may be sent a reset for this address; nobody for an unknown one, a disabled person and one who asks too often. */
  async resettable(tx: Db, email: string): Promise<Person | undefined> {
    const person = await this.people.byEmail(tx, email.trim());
    if (!person || person.disabledAt) return undefined;
    // Who asks at the same moment waits, and is counted.
    await this.people.lock(tx, person.id);
    return (await this.links.askedLately(tx, person.id)) < mostAsked ? person : undefined;
  }

  /** Whose link this is. Changes nothing. */
  async look(token: string): Promise<LivingLink> {
    const link = await this.links.look(this.database.db, tokenHash(token));
    if (!link) throw new DeskError('bad_token');
    return link;
  }

  /**
   * Sets the password and uses the link up. The person is signed out everywhere and signs in anew: a second factor
   * stays and is asked for.
   */
  async redeem(token: string, password: string): Promise<{ readonly email: string }> {
    const { personId, email } = await this.look(token);
    checkPassword(password, email);
    const passwordHash = await this.passwords.hash(password);
    await this.database.transaction(async (tx) => {
      if (!(await this.links.use(tx, tokenHash(token)))) throw new DeskError('bad_token');
      await this.people.setPasswordHash(tx, personId, passwordHash);
      await this.links.endAll(tx, personId);
      await this.sessions.endAll(tx, personId);
    });
    return { email };
  }
}
