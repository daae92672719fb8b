import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

export type Role = 'email-gateway' | 'messenger-gateway' | 'router' | 'desk-api';

/** One process of the desk, as it is built. */
export interface DeskProcess {
  readonly role: Role;
  readonly pid: number;
  /** Of its API, or of its health and metrics. */
  readonly port: number;
  /** SIGTERM; resolves with its exit status. */
  stop(): Promise<number | null>;
  /** SIGKILL, as a crash. */
  kill(): Promise<void>;
}

/** Separate processes of the desk over one environment. What they log is shown when one ends by itself. */
export class DeskProcesses {
  private readonly children = new Set<ChildProcess>();
  private readonly log: string[] = [];

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  /** Starts a role and waits until it is ready. */
  async start(role: Role, more: Readonly<Record<string, string>> = {}): Promise<DeskProcess> {
    // npm runs everything in the folder of the package.
    const main = resolve(`dist/apps/${role}/src/main.js`);
    const child = fork(main, [], {
      env: { PATH: process.env.PATH, ...common, ...this.env, ...more },
      execArgv: (process.env.TEST_NODE_OPTIONS ?? '').split(' ').filter(Boolean),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.children.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => this.log.push(`${role} ${child.pid}: ${chunk.toString()}`));
    }
    child.once('exit', () => this.children.delete(child));
    const port = await this.ready(child, role);
    return {
      role,
      pid: child.pid as number,
      port,
      stop: () => end(child, 'SIGTERM'),
      kill: async () => void (await end(child, 'SIGKILL')),
    };
  }

  /** Everything that was logged by all, in order. */
  get logged(): string {
    return this.log.join('');
  }

  async stop(): Promise<void> {
    await Promise.all([...this.children].map((child) => end(child, 'SIGTERM')));
  }

  private async ready(child: ChildProcess, role: Role): Promise<number> {
    return new Promise((ready, failed) => {
      child.on('message', (message: { ready?: boolean; port?: number }) => message.ready && ready(message.port ?? 0));
      child.once('exit', (code, signal) => failed(new Error(`${role} ended (${signal ?? code}):\n${this.logged}`)));
    });
  }
}

const common = {
  HOST: '127.0.0.1',
  PORT: '0',
  HEALTH_PORT: '0',
  SECRET_KEY: '0f'.repeat(32),
  DATABASE_POOL: '5',
  LOG_LEVEL: 'warn',
  MIGRATE_ON_START: 'false',
};

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}
