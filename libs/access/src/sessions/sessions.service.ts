import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PasswordsService } from '../passwords.service.js';
import { PeopleRepository } from '../people.repository.js';
import type { PersonPrincipal } from '../principal.js';
import { RateLimit } from '../rate-limit.js';
import { tokenHash } from '../token.js';
import { type Device, unknownDevice } from './device.js';
import { type OwnSession, SessionsRepository, type SessionRow } from './sessions.repository.js';

export interface SignedIn {
  /** Goes into the cookie; only its hash is kept here. */
  readonly token: string;
  readonly expiresAt: Date;
  readonly principal: PersonPrincipal;
}

/**
 * Wrong passwords: few for one address from one network, more for an address from anywhere, so that whoever guesses
 * is slowed and the owner, elsewhere, still comes in. Nobody is ever locked out for good.
 */
const limits = {
  pair: { burst: 5, everyMs: 30_000 },
  address: { burst: 30, everyMs: 10_000 },
  network: { burst: 20, everyMs: 5_000 },
};

/** Signing in and out, and who a session token belongs to. */
@Injectable()
export class SessionsService {
  private readonly pairs = new RateLimit(limits.pair);
  private readonly addresses = new RateLimit(limits.address);
  private readonly networks = new RateLimit(limits.network);

  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
    private readonly passwords: PasswordsService,
  ) {}

  /** One answer for an unknown address, a wrong password and a disabled person, after the same work. */
  async signIn(email: string, password: string, network: string, device = unknownDevice): Promise<SignedIn> {
    const address = email.trim().toLowerCase();
    this.takeTry(address, network);
    const person = await this.people.byEmail(this.database.db, address);
    const right = await this.passwords.verify(person?.passwordHash, password);
    if (!right || !person || person.disabledAt) throw new DeskError('wrong_credentials');
    this.pairs.clear(`${address} ${network}`);
    this.addresses.giveBack(address);
    this.networks.giveBack(network);
    return this.start({ ...person, personId: person.id, stale: false }, device);
  }

  /** Opens a session for somebody who proved who they are in another way (a first-run link). */
  async start(row: SessionRow, device: Device): Promise<SignedIn> {
    const token = randomBytes(32).toString('base64url');
    const hash = tokenHash(token);
    const expiresAt = await this.sessions.add(this.database.db, hash, row.personId, device);
    return { token, expiresAt, principal: principalOf(row, hash) };
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

  /** Counted before the password is looked at, so that guesses sent all at once are counted too. */
  private takeTry(address: string, network: string): void {
    const now = Date.now();
    const asked: [RateLimit, string][] = [
      [this.pairs, `${address} ${network}`],
      [this.addresses, address],
      [this.networks, network],
    ];
    const waitMs = Math.max(...asked.map(([limit, name]) => limit.waitMs(name, now)));
    if (waitMs > 0)
      throw new DeskError('too_many_requests', { text: 'refusal.repeatIn', seconds: Math.ceil(waitMs / 1000) });
    for (const [limit, name] of asked) limit.take(name, now);
  }
}

const principalOf = (row: SessionRow, hash: Buffer): PersonPrincipal => ({
  type: 'person',
  id: row.personId,
  role: row.role,
  email: row.email,
  name: row.name,
  locale: row.locale,
  session: hash.toString('hex'),
});
