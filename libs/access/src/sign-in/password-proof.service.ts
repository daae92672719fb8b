import { Injectable } from '@nestjs/common';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { PasswordsService } from '../passwords.service.js';
import { PeopleRepository, type Person } from '../people.repository.js';
import type { PersonPrincipal } from '../principal.js';
import { RateLimit } from '../rate-limit.js';

/**
 * Wrong passwords: few for one address from one network, more for an address from anywhere, so that whoever guesses
 * is slowed and the owner, elsewhere, still comes in. Nobody is ever locked out for good.
 */
const limits = {
  pair: { burst: 5, everyMs: 30_000 },
  address: { burst: 30, everyMs: 10_000 },
  network: { burst: 20, everyMs: 5_000 },
};

/** The one place where a password that somebody typed is looked at. */
@Injectable()
export class PasswordProof {
  private readonly pairs = new RateLimit(limits.pair);
  private readonly addresses = new RateLimit(limits.address);
  private readonly networks = new RateLimit(limits.network);

  constructor(
    private readonly database: Database,
    private readonly people: PeopleRepository,
    private readonly passwords: PasswordsService,
  ) {}

  /**
   * Whose address and password these are; nobody's for an unknown address, a wrong password and a disabled person,
   * after the same work.
   */
  async find(email: string, password: string, network: string): Promise<Person | undefined> {
    const address = email.trim().toLowerCase();
    this.takeTry(address, network);
    const found = await this.people.byEmail(this.database.db, address);
    const right = await this.passwords.verify(found?.passwordHash, password);
    if (!right || !found || found.disabledAt) return undefined;
    this.pairs.clear(`${address} ${network}`);
    this.addresses.giveBack(address);
    this.networks.giveBack(network);
    const { passwordHash: _, ...person } = found;
    return person;
  }

  /** Refuses whoever uses somebody's open session and does not know their password. */
  async confirm({ email }: PersonPrincipal, password: string, network: string): Promise<void> {
    if (!(await this.find(email, password, network))) throw new DeskError('wrong_password');
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
