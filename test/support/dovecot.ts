import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { dovecotConfiguration } from './dovecot-configuration.js';
import { freePort } from './free-port.js';

/** Whether a Dovecot is installed on this machine. */
export const hasDovecot = existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/lmtp');

export interface DovecotOptions {
  /** Mailboxes, as addresses; all with the password `secret`. */
  readonly users?: readonly string[];
  /** OAuth2 access tokens and whose they are. */
  readonly tokens?: Readonly<Record<string, string>>;
}

export interface Dovecot {
  readonly port: number;
  /** The first of the mailboxes. */
  readonly user: string;
  readonly password: string;
  readonly pid: number | undefined;
  /** Hands raw mails over by LMTP to the first mailbox, or into `help+folder@…`, or to another address. */
  deliver(mails: readonly (string | Buffer)[], folderOrAddress?: string): Promise<void>;
  /** Ends every session and stops listening, as in an update of the server. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real mail server of one's own on loopback, without privileges: mailboxes under a temporary folder. */
export async function aDovecot({ users = ['help@desk.test'], tokens = {} }: DovecotOptions = {}): Promise<Dovecot> {
  const dir = await mkdtemp(join(tmpdir(), 'dovecot-'));
  const [imap, lmtp] = [await freePort(), await freePort()];
  const owner = await ownerOf(dir);
  const introspection = await introspecting(tokens);
  await writeFile(
    join(dir, 'dovecot.conf'),
    dovecotConfiguration({ dir, user: owner.name, group: owner.group, imap, lmtp }),
  );
  await writeFile(join(dir, 'users'), users.map((user) => `${user}:{PLAIN}secret::::::\n`).join(''));
  await writeFile(join(dir, 'oauth2.conf.ext'), oauth2(introspection.url));
  let server: ChildProcess | undefined;
  const stop = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, 'exit');
    // Its children too, by their group: they would serve open sessions for seconds more.
    process.kill(-(server.pid as number), 'SIGTERM');
    await gone;
  };
  const start = async (): Promise<void> => {
    server = spawn('/usr/sbin/dovecot', ['-F', '-c', join(dir, 'dovecot.conf')], {
      stdio: 'ignore',
      detached: true,
      ...owner.spawn,
    });
    const died = once(server, 'exit').then(async () => {
      throw new Error(`Dovecot ended: ${await readFile(join(dir, 'state/dovecot.log'), 'utf8').catch(() => '')}`);
    });
    await Promise.race([Promise.all([answering(imap), answering(lmtp)]), died]);
    died.catch(() => undefined);
  };
  await start();
  const [user = ''] = users;
  return {
    port: imap,
    user,
    password: 'secret',
    get pid() {
      return server?.pid;
    },
    start,
    stop,
    deliver: (mails, to) => deliver(lmtp, mails, addressOf(user, to)),
    close: async () => {
      await stop();
      introspection.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

const addressOf = (user: string, to: string | undefined): string => {
  if (to === undefined || to.includes('@')) return to ?? user;
  return user.replace('@', `+${to}@`);
};

interface Owner {
  readonly name: string;
  readonly group: string;
  readonly spawn: { readonly uid?: number; readonly gid?: number };
}

/** Dovecot refuses to serve mail as root: under root it runs as nobody. */
async function ownerOf(dir: string): Promise<Owner> {
  const { uid, username } = userInfo();
  for (const folder of ['run', 'mail', 'state']) await mkdir(join(dir, folder));
  const ask = (...flags: string[]): string => execFileSync('id', flags, { encoding: 'utf8' }).trim();
  if (uid !== 0) return { name: username, group: ask('-gn'), spawn: {} };
  const spawnAs = { uid: Number(ask('-u', 'nobody')), gid: Number(ask('-g', 'nobody')) };
  for (const folder of ['.', 'run', 'mail', 'state']) await chown(join(dir, folder), spawnAs.uid, spawnAs.gid);
  return { name: 'nobody', group: ask('-gn', 'nobody'), spawn: spawnAs };
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const open = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function deliver(port: number, mails: readonly (string | Buffer)[], to: string): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    lmtp: true,
    ignoreTLS: true,
    pool: true,
    maxConnections: 1,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  // One after another: the mailbox numbers them in this order.
  for (const raw of mails) await transport.sendMail({ raw, envelope: { from: 'anna@school.test', to: [to] } });
  transport.close();
}

/** What Dovecot asks about a token: whose is it? */
async function introspecting(tokens: Readonly<Record<string, string>>): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const token = new URL(request.url ?? '', 'http://x').searchParams.get('access_token') ?? '';
    const email = tokens[token];
    response.writeHead(email ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(email ? { email } : { error: 'invalid_token' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/tokeninfo?access_token=`, close: () => void server.close() };
}

const oauth2 = (url: string): string => `tokeninfo_url = ${url}
introspection_mode = auth
username_attribute = email
timeout_msecs = 2000
`;
