import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import type { Person } from '../people.repository.js';
import type { PersonPrincipal } from '../principal.js';
import { tokenHash } from '../token.js';
import type { Device } from './device.js';
import { type OwnSession, SessionsRepository, type SessionRow } from './sessions.repository.js';

export interface SignedIn {
  /** Goes into the cookie; only its hash is kept here. */
  readonly token: string;
  readonly expiresAt: Date;
  readonly principal: PersonPrincipal;
}

/** Who a session token belongs to, and the end of sessions. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
  ) {}

  /** Opens a session for somebody who proved who they are. */
  async start({ id: personId, ...person }: Person, device: Device): Promise<SignedIn> {
    const token = randomBytes(32).toString('base64url');
    const hash = tokenHash(token);
    const expiresAt = await this.sessions.add(this.database.db, hash, personId, device);
    return { token, expiresAt, principal: principalOf({ ...person, personId }, hash) };
  }

  async authenticate(token: string): Promise<PersonPrincipal | undefined> {
    if (token.length > 128) return undefined;
    const hash = tokenHash(token);
    const row = await this.sessions.living(this.database.db, hash);
    if (!row) return undefined;
    if (row.stale) await this.sessions.touch(this.database.db, hash);
    return principalOf(row, hash);
  }

  async signOut(principal: PersonPrincipal): Promise<void> {
    await this.sessions.end(this.database.db, Buffer.from(principal.session, 'hex'));
  }

  /** Where the person is signed in, the session used last first. */
  async ofPerson({ id }: PersonPrincipal): Promise<OwnSession[]> {
    return this.sessions.ofPerson(this.database.db, id);
  }

  /** Ends one of the caller's own sessions; answers its name as principals carry it. */
  async endOwn({ id: personId }: PersonPrincipal, id: string): Promise<string> {
    const hash = await this.sessions.endOwn(this.database.db, personId, id);
    if (!hash) throw new DeskError('not_found');
    return hash.toString('hex');
  }

  /** Ends all sessions of the caller but the one that calls; answers their names. */
  async endOthers({ id, session }: PersonPrincipal): Promise<string[]> {
    const ended = await this.sessions.endOthers(this.database.db, id, Buffer.from(session, 'hex'));
    return ended.map((hash) => hash.toString('hex'));
  }

  /** Which of these sessions still live, with the same role: long answers (SSE) ask again and again. */
  async stillLiving(principals: readonly PersonPrincipal[]): Promise<ReadonlySet<string>> {
    const asked = principals.map(({ session, role }) => ({ hash: Buffer.from(session, 'hex'), role }));
    const living = await this.sessions.stillLiving(this.database.db, asked);
    return new Set(living.map((hash) => hash.toString('hex')));
  }
}

const principalOf = (row: Omit<SessionRow, 'stale'>, hash: Buffer): PersonPrincipal => ({
  type: 'person',
  id: row.personId,
  role: row.role,
  email: row.email,
  name: row.name,
  locale: row.locale,
  session: hash.toString('hex'),
});
