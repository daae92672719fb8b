import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rows } from '#libs/database';
import { aDatabase, type TestDatabase } from './database.js';
import { eventually } from './eventually.js';

const apiKey = 'bootstrap-key-of-the-desk-stories';
const password = 'a long enough password';

export type RoleProcess = 'router' | 'desk-api' | 'email-gateway' | 'messenger-gateway';

/** An answer of the API: a status and whatever JSON came with it. */
export interface DeskAnswer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Headers by which somebody calls the API. */
export type DeskCaller = Readonly<Record<string, string>>;

/** A desk of separate processes with one queue, on a database and a folder of its own. */
export class DeskRoles {
  private readonly children: ChildProcess[] = [];
  private url = '';

  private constructor(
    readonly database: TestDatabase,
    readonly folder: string,
  ) {}

  static async start(roles: readonly RoleProcess[]): Promise<DeskRoles> {
    const desk = new DeskRoles(await aDatabase(), await mkdtemp(join(tmpdir(), 'desk-roles-')));
    try {
      const title = '{"ru":"Первая","en":"First"}';
      await rows(desk.database.db, `insert into queue (key, title) values ('first-line', $1)`, [title]);
      const ports = await Promise.all(roles.map((role) => desk.run(role)));
      desk.url = `http://127.0.0.1:${ports[roles.indexOf('desk-api')]}`;
      return desk;
    } catch (fault) {
      await desk.close();
      throw fault;
    }
  }

  /** The all-scope key. */
  readonly program: DeskCaller = { authorization: `Bearer ${apiKey}` };

  /** One request; `path` stands below `/api/v1/`. */
  async call<Body>(
    caller: DeskCaller,
    method: string,
    path: string,
    body?: unknown,
    headers: DeskCaller = {},
  ): Promise<DeskAnswer<Body>> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: { ...caller, ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Body };
  }

  /** Somebody who works the queue, is there, and signed in. */
  async specialist(name: string, capacity = 100): Promise<{ readonly id: string; readonly caller: DeskCaller }> {
    const email = `s${crypto.randomUUID()}@desk.test`;
    const person = { email, name, role: 'specialist', password };
    const { id } = (await this.call<{ id: string }>(this.program, 'POST', 'people', person)).body;
    const queues = (await this.call<{ items: { id: string }[] }>(this.program, 'GET', 'queues')).body.items;
    await this.call(this.program, 'PUT', `specialists/${id}/queues`, { queueIds: queues.map((queue) => queue.id) });
    await this.call(this.program, 'PUT', `specialists/${id}/capacity`, { capacity });
    await this.call(this.program, 'PUT', `specialists/${id}/presence`, { presence: 'on' });
    const signedIn = await fetch(`${this.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    const cookie = (signedIn.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    return { id, caller: { cookie, origin: this.url } };
  }

  async close(): Promise<void> {
    for (const child of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private run(role: RoleProcess): Promise<number> {
    const main = fileURLToPath(new URL(`../../dist/apps/${role}/src/main.js`, import.meta.url));
    const child = fork(main, [], {
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: this.database.url,
        DATABASE_POOL: '5',
        REDIS_URL: process.env.TEST_REDIS_URL,
        QUEUE_PREFIX: new URL(this.database.url).pathname.slice(1),
        DATA_DIR: this.folder,
        SECRET_KEY: '0f'.repeat(32),
        HOST: '127.0.0.1',
        PORT: '0',
        HEALTH_PORT: '0',
        LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
        BOOTSTRAP_API_KEY: apiKey,
        MIGRATE_ON_START: 'false',
      },
    });
    this.children.push(child);
    return new Promise((resolve, reject) => {
      child.on('message', (message: { ready?: boolean; port?: number }) => message.ready && resolve(message.port ?? 0));
      child.once('exit', (code, signal) => reject(new Error(`${role} ended: ${signal ?? code}`)));
    });
  }
}

/** What `ask` answers once it is as wanted. */
export const until = <Answer>(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> =>
  eventually(async () => {
    const answer = await ask();
    return holds(answer) ? { answer } : undefined;
  }).then(({ answer }) => answer);
