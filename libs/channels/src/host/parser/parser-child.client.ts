import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { ChildMessage, ParserOutcome, ParserTask } from './parser-protocol.js';

/** A task with the promise of its outcome. */
export interface Job {
  readonly task: ParserTask;
  readonly end: (outcome: ParserOutcome) => void;
  readonly fail: (error: Error) => void;
}

export interface ChildLimits {
  /** The built `parser-child.command.js`. */
  readonly entry: URL;
  readonly module: URL;
  readonly limitMs: number;
  /** Of the JavaScript heap; memory outside of it may be twice as much. */
  readonly memoryMiB: number;
}

export interface ChildEvents {
  /** A job was answered. */
  answered(child: ParserChild): void;
  /** The process is gone. `culprit` was being read, `rest` was not begun; `begun`: it could read at all. */
  gone(child: ParserChild, culprit: Job | undefined, rest: readonly Job[], begun: boolean): void;
}

const startMs = 20_000;
const watchMs = 250;

/** One child process and the jobs it was given; its head is the one it reads now. */
export class ParserChild {
  private readonly process: ChildProcess;
  private readonly jobs = new Map<number, Job>();
  private begun = false;
  private n = 0;
  /** When the head began, by the steady clock. */
  private since = performance.now();
  private readonly watch: NodeJS.Timeout;

  constructor(
    private readonly limits: ChildLimits,
    private readonly events: ChildEvents,
  ) {
    this.process = fork(limits.entry, [limits.module.href], {
      // No secret of ours reaches what hostile bytes run in.
      env: {},
      execArgv: [`--max-old-space-size=${limits.memoryMiB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.process.on('message', (message) => this.hear(message as ChildMessage));
    this.process.on('error', () => this.kill());
    this.process.once('exit', () => this.leave());
    this.watch = setInterval(() => void this.look(), watchMs);
    this.watch.unref();
  }

  get load(): number {
    return this.jobs.size;
  }

  /** How long the head has been read. */
  get busyMs(): number {
    return this.begun && this.jobs.size > 0 ? performance.now() - this.since : 0;
  }

  give(job: Job): void {
    if (this.jobs.size === 0) this.since = performance.now();
    this.n += 1;
    this.jobs.set(this.n, job);
    // A send that fails ends in `exit`, and the job goes elsewhere.
    this.process.send({ n: this.n, ...job.task }, () => undefined);
  }

  /** Takes back what was not begun. */
  takeBack(): Job[] {
    const [, ...rest] = [...this.jobs.entries()];
    for (const [n] of rest) this.jobs.delete(n);
    return rest.map(([, job]) => job);
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  private hear(message: ChildMessage): void {
    this.since = performance.now();
    if ('is' in message) {
      this.begun = true;
      return;
    }
    // What was taken back is answered by another child.
    this.jobs.get(message.n)?.end(message.outcome);
    this.jobs.delete(message.n);
    this.events.answered(this);
  }

  private leave(): void {
    clearInterval(this.watch);
    const [head, ...rest] = this.jobs.values();
    this.jobs.clear();
    if (this.begun) this.events.gone(this, head, rest, true);
    else this.events.gone(this, undefined, head ? [head, ...rest] : [], false);
  }

  /** Kills what takes too long or too much. */
  private async look(): Promise<void> {
    const limit = this.begun ? this.limits.limitMs : startMs;
    if (this.jobs.size > 0 && performance.now() - this.since > limit) this.kill();
    else if (this.jobs.size > 0 && (await this.residentMiB()) > this.limits.memoryMiB * 3) this.kill();
  }

  /** Memory of the child as the system counts it; 0 where the system does not tell it this way. */
  private async residentMiB(): Promise<number> {
    const status = await readFile(`/proc/${this.process.pid}/statm`, 'utf8').catch(() => '');
    const pages = Number(status.split(' ')[1] ?? 0);
    return (pages * 4096) / 2 ** 20;
  }
}
