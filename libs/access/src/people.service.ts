import { Injectable } from '@nestjs/common';
import type { Locale, PersonId } from '#libs/contracts';
import { type AfterCommit, Database, type Db } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PasswordLinksRepository } from './password-links/password-links.repository.js';
import { checkPassword } from './password-rules.js';
import { PasswordsService } from './passwords.service.js';
import { PeopleRepository, type Person } from './people.repository.js';
import type { Role } from './role.js';
import { SessionsRepository } from './sessions/sessions.repository.js';

export interface PersonWish {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly locale?: Locale | undefined;
  readonly password?: string | undefined;
}

export interface PersonUpdate {
  readonly name?: string | undefined;
  readonly role?: Role | undefined;
  readonly locale?: Locale | undefined;
  readonly disabled?: boolean | undefined;
  readonly password?: string | undefined;
}

/** What is done together with adding a person. */
export type Along = (tx: Db, afterCommit: AfterCommit, person: Person) => Promise<unknown>;

/** Who works at the desk, and with which role. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: PasswordsService,
    private readonly links: PasswordLinksRepository,
  ) {}

  /** Adds a person, and does in the same transaction what goes `along` with that: an invitation. */
  async add({ email, name, role, locale, password }: PersonWish, along?: Along): Promise<Person> {
    const passwordHash = await this.hashOf(password, email);
    return this.database.transaction(async (tx, afterCommit) => {
      const person = await this.people.add(tx, {
        email,
        name,
        role,
        ...(locale && { locale }),
        ...(passwordHash && { passwordHash }),
      });
      if (!person) throw new DeskError('conflict', 'refusal.personExists');
      await along?.(tx, afterCommit, person);
      return person;
    });
  }

  /** As `add`, for the desk file: somebody with this address is brought to these values. */
  async declare({ email, name, role, locale, password }: PersonWish): Promise<Person> {
    const known = await this.people.byEmail(this.database.db, email);
    // The same password must not get a new hash at every start: that would cost time and a version.
    const same = password !== undefined && (await this.passwords.verify(known?.passwordHash, password));
    if (same && known && known.name === name && known.role === role) return known;
    const passwordHash = password === undefined || same ? undefined : await this.passwords.hash(password);
    return this.database.transaction(async (tx) => {
      const person = await this.people.upsert(tx, {
        email,
        name,
        role,
        ...(locale && { locale }),
        ...(passwordHash && { passwordHash }),
      });
      if (passwordHash || role !== known?.role) await this.sessions.endAll(tx, person.id);
      if (passwordHash) await this.links.endAll(tx, person.id);
      return person;
    });
  }

  /** Changes a person; whoever is disabled, gets another role or another password is signed out everywhere. */
  async change(id: PersonId, versions: readonly number[] | undefined, update: PersonUpdate): Promise<Person> {
    const known = await this.people.get(this.database.db, id);
    if (!known) throw new DeskError('not_found');
    if (versions && !versions.includes(known.version)) throw meanwhile();
    const { password, ...change } = update;
    const passwordHash = await this.hashOf(password, known.email);
    return this.database.transaction(async (tx) => {
      const stays = (update.role ?? 'administrator') === 'administrator' && update.disabled !== true;
      if (!stays && known.role === 'administrator' && (await this.people.otherAdministrators(tx, id)) === 0) {
        throw new DeskError('conflict', 'refusal.lastAdministrator');
      }
      const changed = await this.people.change(tx, id, known.version, { ...change, passwordHash });
      if (!changed) throw meanwhile();
      await this.endOld(tx, changed, passwordHash !== undefined, changed.role !== known.role);
      return changed;
    });
  }

  /** What was given out before the change and must not outlive it. An invitation outlives another role. */
  private async endOld(tx: Db, { id, disabledAt }: Person, newPassword: boolean, newRole: boolean): Promise<void> {
    const isOver = disabledAt !== null || newPassword;
    if (isOver || newRole) await this.sessions.endAll(tx, id);
    if (isOver) await this.links.endAll(tx, id);
  }

  private async hashOf(password: string | undefined, email: string): Promise<string | undefined> {
    if (password === undefined) return undefined;
    checkPassword(password, email);
    return this.passwords.hash(password);
  }
}

const meanwhile = () => new DeskError('precondition_failed');
