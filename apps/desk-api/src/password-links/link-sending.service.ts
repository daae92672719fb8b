import { Injectable } from '@nestjs/common';
import { PasswordLinks, PeopleRepository, type Person } from '#libs/access';
import type { PersonId } from '#libs/contracts';
import { type AfterCommit, Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PasswordMails } from './password-mails.service.js';

/** Who is sent a link to set their password. */
@Injectable()
export class LinkSending {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly links: PasswordLinks,
    private readonly mails: PasswordMails,
  ) {}

  /** Refused before anything is made when an invitation could not be sent. */
  async mustReach(email: string): Promise<void> {
    await this.mails.mustReach(this.database.db, { email });
  }

  /** Invites somebody, in the transaction that adds them. */
  async invite(tx: Db, afterCommit: AfterCommit, person: Person): Promise<void> {
    await this.mails.send(tx, afterCommit, person, await this.links.issue(tx, person, 'invitation'));
  }

  /** An administrator lets somebody set their password: invites them again, or helps who forgot theirs. */
  async help(personId: PersonId): Promise<{ readonly expiresAt: Date }> {
    return this.database.transaction(async (tx, afterCommit) => {
      const person = await this.people.get(tx, personId);
      if (!person) throw new DeskError('not_found');
      const link = await this.links.issue(tx, person, person.hasPassword ? 'password-reset' : 'invitation');
      await this.mails.send(tx, afterCommit, person, link);
      return { expiresAt: link.expiresAt };
    });
  }

  /** Somebody, whoever it is, asks for a new password of this address. Says nothing of whether a mail left. */
  async askReset(email: string): Promise<void> {
    await this.database.transaction(async (tx, afterCommit) => {
      const person = await this.links.resettable(tx, email);
      if (!person || !(await this.reaches(tx, person))) return;
      await this.mails.send(tx, afterCommit, person, await this.links.issue(tx, person, 'password-reset'));
    });
  }

  private async reaches(tx: Db, person: Person): Promise<boolean> {
    return this.mails.mustReach(tx, person).then(
      () => true,
      (refusal: unknown) => {
        if (refusal instanceof DeskError) return false;
        throw refusal;
      },
    );
  }
}
