import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rows } from '#libs/database';
import { aDatabase, type TestDatabase } from './database.js';
import { DeskProcesses, type Role } from './desk-processes.js';
import { eventually } from './eventually.js';

const apiKey = 'bootstrap-key-of-the-desk-stories';
const password = 'a long enough password';

/** An answer of the API: a status and whatever JSON came with it. */
export interface DeskAnswer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** Headers by which somebody calls the API. */
export type DeskCaller = Readonly<Record<string, string>>;

/** A desk of separate processes with one queue, on a database and a folder of its own. */
export class DeskRoles {
  /** What every process of this desk is told: for stories that end one on purpose. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  private readonly processes: DeskProcesses;
  /** Where the API and the console answer. */
  port = 0;

  private constructor(
    readonly database: TestDatabase,
    readonly folder: string,
  ) {
    this.environment = {
      DATABASE_URL: database.url,
      REDIS_URL: process.env.TEST_REDIS_URL,
      QUEUE_PREFIX: new URL(database.url).pathname.slice(1),
      DATA_DIR: folder,
      BOOTSTRAP_API_KEY: apiKey,
    };
    this.processes = new DeskProcesses(this.environment);
  }

  static async start(roles: readonly Role[]): Promise<DeskRoles> {
    const desk = new DeskRoles(await aDatabase(), await mkdtemp(join(tmpdir(), 'desk-roles-')));
    try {
      const title = '{"ru":"Первая","en":"First"}';
      await rows(desk.database.db, `insert into queue (key, title) values ('first-line', $1)`, [title]);
      const running = await Promise.all(roles.map((role) => desk.processes.start(role)));
      desk.port = running.find(({ role }) => role === 'desk-api')?.port ?? 0;
      return desk;
    } catch (fault) {
      await desk.close();
      throw fault;
    }
  }

  private get url(): string {
    return `http://127.0.0.1:${this.port}`;
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
    await this.processes.stop();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What `ask` answers once it is as wanted. */
export const until = <Answer>(ask: () => Promise<Answer>, holds: (answer: Answer) => boolean): Promise<Answer> =>
  eventually(async () => {
    const answer = await ask();
    return holds(answer) ? { answer } : undefined;
  }).then(({ answer }) => answer);
