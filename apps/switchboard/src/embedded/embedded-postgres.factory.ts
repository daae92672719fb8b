import { spawn } from 'node:child_process';
import { chown, mkdir, open, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { keptSecret } from '../kept-secret.store.js';
import { postgresBinaries } from './binaries.store.js';
import { makePrivateFolder, postgresFolder } from './folders.store.js';
import { readPostmasterPid, type Postmaster } from './postmaster-pid.js';
import { findSystemUser, type SystemUser } from './system-user.js';

export interface EmbeddedPostgresOptions {
  /** Folder of the desk's data; made when it is not there. */
  readonly dataDir: string;
  /** Off only for data that may be thrown away (tests). */
  readonly fsync?: boolean;
}

export interface EmbeddedPostgres {
  /** `postgres://…` with the password of this installation. */
  readonly url: string;
  /** Where the database files are. */
  readonly folder: string;
  /** It ran already when it was asked for: a desk uses it, or a killed one left it. */
  readonly takenOver: boolean;
  /** Fast shutdown: open transactions roll back, everything committed is kept. Resolves when the server is gone. */
  stop(): Promise<void>;
}

interface Place {
  readonly folder: string;
  readonly password: string;
  readonly log: string;
  readonly user: SystemUser | undefined;
}

const startDeadlineMs = 60_000;
const portAttempts = 3;

/**
 * Starts the PostgreSQL that came with the packages, or takes over the one that a killed desk left running on the
 * same data. The server listens on loopback only, on a free port, with a password; it outlives a kill of this
 * process, and never runs as root.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await prepare(resolve(options.dataDir));
  const found = await answering(place);
  const running = found ?? (await launch(place, options.fsync ?? true));
  return {
    takenOver: found !== undefined,
    url: urlOf(place, running.port),
    folder: place.folder,
    stop: () => stop(place, running.pid),
  };
}

const urlOf = (place: Place, port: number): string =>
  `postgres://switchboard:${place.password}@127.0.0.1:${port}/postgres`;

async function prepare(dataDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true, mode: 0o755 });
  const user = await serverUser();
  const folder = await postgresFolder(dataDir, user);
  await makePrivateFolder(folder, user);
  const password = await keptSecret(dataDir, 'postgres.password');
  return { folder, password, log: join(dataDir, 'postgres.log'), user };
}

async function serverUser(): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const user = findSystemUser(await readFile('/etc/passwd', 'utf8'), ['postgres', 'nobody']);
  if (user) return user;
  throw new Error(
    'PostgreSQL does not run as root and this machine has neither a "postgres" nor a "nobody" user. Set DATABASE_URL.',
  );
}

const postmaster = async (place: Place): Promise<Postmaster | undefined> =>
  readPostmasterPid(await readFile(join(place.folder, 'postmaster.pid'), 'utf8').catch(() => ''));

/** The server that runs on this folder and knows our password, if one does. */
async function answering(place: Place): Promise<Postmaster | undefined> {
  const found = await postmaster(place);
  if (!found) return undefined;
  const client = new pg.Client({ connectionString: urlOf(place, found.port), connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return found;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function launch(place: Place, fsync: boolean): Promise<Postmaster> {
  const bin = join(await postgresBinaries(place.user), 'bin');
  if (!(await stat(join(place.folder, 'PG_VERSION')).catch(() => undefined))) await initialise(bin, place);
  for (let attempt = 1; ; attempt++) {
    try {
      return await serve(bin, place, fsync);
    } catch (fault) {
      // Between finding a free port and opening it somebody else may take it: another one is tried.
      if (attempt === portAttempts) throw fault;
    }
  }
}

async function serve(bin: string, place: Place, fsync: boolean): Promise<Postmaster> {
  const log = await open(place.log, 'a');
  const ended = new AbortController();
  try {
    const server = spawn(join(bin, 'postgres'), serverArguments(place, await freePort(), fsync), {
      ...identity(place.user),
      // A group of its own: Ctrl-C reaches the desk alone, which stops the database after everything else.
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: place.folder,
    });
    server.once('error', (fault) => ended.abort(fault));
    server.once('exit', (code) =>
      ended.abort(new Error(`PostgreSQL stopped at start with code ${code}; see ${place.log}`)),
    );
    server.unref();
    return await untilItAnswers(place, ended.signal);
  } finally {
    await log.close();
  }
}

const identity = (user: SystemUser | undefined): { uid?: number; gid?: number; env: NodeJS.ProcessEnv } => ({
  ...(user ? { uid: user.uid, gid: user.gid } : {}),
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
});

function serverArguments(place: Place, port: number, fsync: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    autovacuum_naptime: '5s',
    log_min_messages: 'warning',
    // Statements may hold what people wrote: they stay out of the log.
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    ...(fsync ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', place.folder, '-p', String(port), ...flags];
}

async function untilItAnswers(place: Place, ended: AbortSignal): Promise<Postmaster> {
  const deadline = performance.now() + startDeadlineMs;
  while (performance.now() < deadline) {
    ended.throwIfAborted();
    const found = await answering(place);
    if (found) return found;
    await delay(50);
  }
  throw new Error(`PostgreSQL did not answer within ${startDeadlineMs / 1000} s; see ${place.log}`);
}

/**
 * Unicode rules without a locale of the machine, so that the same data sorts the same everywhere. Made beside the
 * folder and moved into its place when complete: a kill half-way leaves nothing that looks like a database.
 */
async function initialise(bin: string, place: Place): Promise<void> {
  const draft = `${place.folder}.new`;
  const secret = `${place.folder}.initial`;
  await rm(draft, { recursive: true, force: true });
  await makePrivateFolder(draft, place.user);
  await writeFile(secret, place.password, { mode: 0o600 });
  if (place.user) await chown(secret, place.user.uid, place.user.gid);
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const access = ['--username=switchboard', '--auth=scram-sha-256', `--pwfile=${secret}`];
  try {
    await run(join(bin, 'initdb'), ['-D', draft, ...flags, ...access], place.user);
  } finally {
    await rm(secret, { force: true });
  }
  await rmdir(place.folder);
  await rename(draft, place.folder);
}

function run(command: string, args: readonly string[], user: SystemUser | undefined): Promise<void> {
  const child = spawn(command, args, { ...identity(user), stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0 ? done() : failed(new Error(`${command} ended with code ${code}: ${said.trim()}`)),
    );
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

async function stop(place: Place, pid: number): Promise<void> {
  // The number of a server that is gone may be another process by now.
  const runs = async (): Promise<boolean> => (await postmaster(place))?.pid === pid && signal(pid, 0);
  if (await runs()) signal(pid, 'SIGINT');
  const deadline = performance.now() + startDeadlineMs;
  while (await runs()) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) does not stop; see ${place.log}`);
    await delay(25);
  }
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}
