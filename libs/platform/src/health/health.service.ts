import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';

const longestMs = 2000;

/** How the process is, for a probe: names of checks and whether they hold, never why (that is in the log). */
export interface HealthReport {
  readonly status: 'ok' | 'failing' | 'stopping';
  readonly checks: Readonly<Record<string, 'ok' | 'failed' | 'timed-out'>>;
}

type Outcome = HealthReport['checks'][string];

/** What must hold for this process to do its work; every module adds its own checks. */
@Injectable()
export class Health implements BeforeApplicationShutdown {
  private readonly log = new Logger(Health.name);
  private readonly checks = new Map<string, () => Promise<void>>();
  private readonly failing = new Set<string>();
  private stopping = false;

  /** Adds a check: it resolves while all is well and throws when not. */
  check(name: string, holds: () => Promise<void>): void {
    this.checks.set(name, holds);
  }

  /** Runs all checks at once. */
  async report(): Promise<HealthReport> {
    if (this.stopping) return { status: 'stopping', checks: {} };
    const outcomes = await Promise.all(
      [...this.checks].map(async ([name, holds]) => [name, await this.outcome(name, holds)] as const),
    );
    const status = outcomes.every(([, outcome]) => outcome === 'ok') ? 'ok' : 'failing';
    return { status, checks: Object.fromEntries(outcomes) };
  }

  /** No new work comes in while the process finishes what it has. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  private async outcome(name: string, holds: () => Promise<void>): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const timeUp = new Promise<Outcome>((resolve) => {
      timer = setTimeout(() => resolve('timed-out'), longestMs);
    });
    const held = holds().then(
      (): Outcome => 'ok',
      (err: unknown): Outcome => {
        this.tellOnce(name, err);
        return 'failed';
      },
    );
    const outcome = await Promise.race([held, timeUp]);
    clearTimeout(timer);
    if (outcome === 'ok' && this.failing.delete(name)) this.log.log({ check: name, msg: 'A health check holds again' });
    return outcome;
  }

  private tellOnce(name: string, err: unknown): void {
    if (!this.failing.has(name)) this.log.error({ err, check: name, msg: 'A health check fails' });
    this.failing.add(name);
  }
}
