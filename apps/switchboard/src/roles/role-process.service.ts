import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Locale } from '#libs/contracts';
import { StartRefusal } from '../start-refusal.js';

export interface RoleOptions {
  /** `router`, `desk-api`: folder under apps/, shown in what the launcher says. */
  readonly name: string;
  /** The built main of the role. */
  readonly main: string;
  readonly env: NodeJS.ProcessEnv;
  readonly locale: Locale;
  /** Told in words when a role died and comes back, or cannot. */
  say(line: string): void;
}

interface RoleMessage {
  readonly ready?: boolean;
  readonly port?: number;
}

const longestPauseMs = 30_000;
const stopWithinMs = 35_000;

/**
 * One role of the desk as a child process: started, waited for, started again with growing pauses when it dies,
 * stopped in time. Nothing is lost by such a death: unfinished work stands in PostgreSQL.
 */
export class RoleProcess {
  private child: ChildProcess | undefined;
  private pause: NodeJS.Timeout | undefined;
  private deaths = 0;
  private stopping = false;
  private opened = false;

  constructor(private readonly options: RoleOptions) {}

  /** Starts the role; resolves with the port it listens on (0: none) and rejects when it ends before it is ready. */
  async start(): Promise<number> {
    // A group of its own: Ctrl-C reaches the launcher alone, which ends the roles in their order.
    const child = fork(this.options.main, [], { env: this.options.env, serialization: 'json', detached: true });
    this.child = child;
    if (this.opened) this.open();
    const port = await untilReady(child, this.options);
    child.once('exit', (code, signal) => this.died(signal ?? `code ${code}`));
    return port;
  }

  /** Lets a role that waits at its gate listen; one that is started again finds the gate open. */
  open(): void {
    this.opened = true;
    if (this.child?.connected) this.child.send({ open: true });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pause);
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const last = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await gone;
    clearTimeout(last);
  }

  private died(how: string): void {
    if (this.stopping) return;
    const wait = Math.min(longestPauseMs, 500 * 2 ** this.deaths++);
    this.options.say(`${this.options.name} ended (${how}); starting it again in ${wait / 1000} s`);
    this.pause = setTimeout(() => {
      this.start().then(
        () => (this.deaths = 0),
        (fault: Error) => this.died(fault.message),
      );
    }, wait);
  }
}

function untilReady(child: ChildProcess, { name, locale }: RoleOptions): Promise<number> {
  return new Promise((done, failed) => {
    const onExit = (code: number | null, signal: string | null): void =>
      failed(new StartRefusal(locale, { text: 'start.roleEnded', name, how: signal ?? `code ${code}` }));
    child.once('exit', onExit);
    child.once('error', failed);
    child.on('message', (message: RoleMessage) => {
      if (!message.ready) return;
      child.off('exit', onExit);
      done(message.port ?? 0);
    });
  });
}
