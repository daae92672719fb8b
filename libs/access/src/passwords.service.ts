import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** OWASP's first choice: 46 MiB, one pass, one lane. */
const cost = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };

/** Each hash takes 46 MiB: more at once would let a flood of sign-ins take the memory of the process. */
const atOnce = 4;

/** Longer input is refused before it costs anything. */
const longest = 256;

/** Argon2id, a few at a time. */
@Injectable()
export class PasswordsService {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private readonly nobodys = hash('the password of nobody', cost);

  async hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, cost));
  }

  /** Whether the password is right; without a hash (no such person) it takes the same time and is wrong. */
  async verify(passwordHash: string | null | undefined, password: string): Promise<boolean> {
    if (password.length > longest) return false;
    const against = passwordHash ?? (await this.nobodys);
    const right = await this.inTurn(() => verify(against, password));
    return right && passwordHash != null;
  }

  private async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= atOnce) await new Promise<void>((go) => this.waiting.push(go));
    else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
