import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { freePort } from '../../../support/free-port.js';

/** Whether a Dovecot is installed on this machine. */
export const hasDovecot = existsSync('/usr/sbin/dovecot') && existsSync('/usr/lib/dovecot/lmtp');

export interface Dovecot {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Hands raw mails over by LMTP, one connection for all. */
  deliver(mails: readonly (string | Buffer)[], mailbox?: string): Promise<void>;
  /** Ends every session and stops listening, as in an update of the server. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real mail server of its own on loopback, without privileges: mailboxes of `help@desk.test` under a temporary folder. */
export async function aDovecot(): Promise<Dovecot> {
  const dir = await mkdtemp(join(tmpdir(), 'dovecot-'));
  const [port, lmtp] = [await freePort(), await freePort()];
  const owner = await ownerOf(dir);
  await writeFile(join(dir, 'dovecot.conf'), configuration(dir, owner.name, port, lmtp));
  await writeFile(join(dir, 'users'), 'help@desk.test:{PLAIN}secret::::::\n');
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    server = spawn('/usr/sbin/dovecot', ['-F', '-c', join(dir, 'dovecot.conf')], {
      stdio: 'ignore',
      detached: true,
      ...owner.spawn,
    });
    await Promise.all([answering(port), answering(lmtp)]);
  };
  const stop = async (): Promise<void> => {
    if (!server || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    // Its children too, by their group: they would serve open sessions for seconds more.
    process.kill(-server.pid!, 'SIGTERM');
    await gone;
  };
  await start();
  return {
    port,
    user: 'help@desk.test',
    password: 'secret',
    start,
    stop,
    deliver: (mails, mailbox) => deliver(lmtp, mails, mailbox),
    close: async () => {
      await stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Dovecot refuses to serve mail as root: under root it runs as nobody. */
async function ownerOf(dir: string): Promise<{ name: string; spawn: { uid?: number; gid?: number } }> {
  const { uid, username } = userInfo();
  for (const folder of ['run', 'mail', 'state']) await mkdir(join(dir, folder));
  if (uid !== 0) return { name: username, spawn: {} };
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  const owner = { uid: id('-u'), gid: id('-g') };
  for (const folder of ['.', 'run', 'mail', 'state']) await chown(join(dir, folder), owner.uid, owner.gid);
  return { name: 'nobody', spawn: owner };
}

async function answering(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function deliver(port: number, mails: readonly (string | Buffer)[], mailbox?: string): Promise<void> {
  const transport = createTransport({
    host: '127.0.0.1',
    port,
    lmtp: true,
    ignoreTLS: true,
    pool: true,
    maxConnections: 2,
  });
  const to = mailbox ? `help+${mailbox}@desk.test` : 'help@desk.test';
  await Promise.all(mails.map((raw) => transport.sendMail({ raw, envelope: { from: 'anna@school.test', to: [to] } })));
  transport.close();
}

const configuration = (dir: string, user: string, port: number, lmtp: number): string => `
protocols = imap lmtp
listen = 127.0.0.1
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/state/dovecot.log
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_fsync = never
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${user === 'nobody' ? 'nogroup' : user}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:${dir}/mail/%u
mail_home = ${dir}/mail/%u.home
recipient_delimiter = +
lmtp_save_to_detail_mailbox = yes
lda_mailbox_autocreate = yes
namespace inbox {
  inbox = yes
  separator = /
  mailbox Archive {
    auto = create
  }
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${dir}/users
}
userdb {
  driver = static
  args = uid=${user} gid=${user === 'nobody' ? 'nogroup' : user} home=${dir}/mail/%u.home allow_all_users=yes
}
service imap-login {
  chroot =
  service_count = 0
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service lmtp {
  user = ${user}
  chroot =
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
  unix_listener lmtp {
    mode = 0600
  }
}
service anvil {
  chroot =
}
service imap {
  chroot =
}
service stats {
  chroot =
}
service auth {
  chroot =
  user = ${user}
}
service auth-worker {
  user = ${user}
}
protocol imap {
  mail_max_userip_connections = 200
}
protocol lmtp {
  postmaster_address = postmaster@desk.test
}
`;
