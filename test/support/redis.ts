import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-port.js';
import { onPath } from './on-path.js';

/** A Redis (or Valkey) of a test's own that keeps nothing on disk. */
export class TestRedis {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly program: string,
    private readonly folder: string,
    readonly port: number,
  ) {}

  /** Undefined where neither Redis nor Valkey is installed. */
  static async start(): Promise<TestRedis | undefined> {
    const program = await onPath('redis-server', 'valkey-server');
    if (!program) return undefined;
    const folder = await mkdtemp(join(tmpdir(), 'switchboard-redis-'));
    const redis = new TestRedis(program, folder, await freePort());
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}/0`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Starts it, empty, on the port it had. */
  async start(): Promise<void> {
    const settings = { port: this.port, bind: '127.0.0.1', dir: this.folder, save: '', appendonly: 'no' };
    const words = Object.entries({ ...settings, 'maxmemory-policy': 'noeviction' });
    const started = spawn(
      this.program,
      words.flatMap(([name, value]) => [`--${name}`, String(value)]),
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    this.process = started;
    await new Promise<void>((ready, failed) => {
      started.stdout.on('data', (text: Buffer) => text.includes('Ready to accept') && ready());
      started.once('exit', (code) => failed(new Error(`${this.program} ended with ${code}`)));
    });
  }

  /** Kills it as a crash would; everything in it is gone. */
  async kill(): Promise<void> {
    const { process } = this;
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
  }

  /** Loses every key while staying up. */
  async flush(): Promise<void> {
    const client = new Redis(this.url);
    await client.flushall();
    client.disconnect();
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
