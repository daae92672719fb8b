import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { aDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { TestRedis } from '../support/redis.js';
import { aWholeDesk, runLauncher, type WholeDesk } from '../support/whole-desk.js';

interface Ticket {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly assignee: { readonly name: string } | null;
}

const call = async <Answer>(desk: WholeDesk, path: string, body?: unknown): Promise<Answer> => {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${desk.key}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
};

async function write(desk: WholeDesk, messageId: string, subject: string): Promise<void> {
  const mailer = createTransport({ host: '127.0.0.1', port: desk.smtpPort, secure: false, ignoreTLS: true });
  await mailer.sendMail({
    from: 'Пётр Студентов <petr@student.example>',
    to: 'help@demo.localhost',
    subject,
    messageId: `<${messageId}>`,
    // The same mail again, as a server repeats it, has the same date too.
    date: new Date('2026-11-25T08:00:00Z'),
    text: 'Здравствуйте! Не могу войти в личный кабинет.',
  });
}

const ticketOf = (desk: WholeDesk, subject: string): Promise<Ticket> =>
  eventually(async () => {
    const { items } = await call<{ items: (Ticket & { subject: string })[] }>(desk, '/tickets');
    return items.find((ticket) => ticket.subject === subject && ticket.state !== 'waiting');
  });

const mailsIn = async (folder: string): Promise<Awaited<ReturnType<typeof PostalMime.parse>>[]> => {
  const names = await readdir(folder);
  const files = names.filter((name) => name.endsWith('.eml')).toSorted();
  return Promise.all(files.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
};

describe('npm start', () => {
  let home: string;
  const desks: WholeDesk[] = [];
  const start = async (env: NodeJS.ProcessEnv = {}): Promise<WholeDesk> => {
    const desk = await aWholeDesk({ DATA_DIR: join(home, 'data'), ...env });
    desks.push(desk);
    return desk;
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'desk-'));
  });
  afterEach(async () => {
    for (const desk of desks.splice(0)) await desk.stop();
    const elsewhere = await readFile(join(home, 'data', 'postgres.location'), 'utf8').catch(() => '');
    if (elsewhere) await rm(elsewhere.trim(), { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  });

  it('takes a mail in, gives it to somebody, sends the answer back in its thread, and ends in good order', async () => {
    const desk = await start();
    await write(desk, 'first@student.example', 'Забыл пароль');
    const ticket = await ticketOf(desk, 'Забыл пароль');
    expect(ticket).toMatchObject({ state: 'open', assignee: { name: expect.any(String) } });

    await call(desk, `/tickets/${ticket.id}/replies`, { text: 'Пароль придёт **по ссылке**.' });
    const mails = await eventually(async () => {
      const found = await mailsIn(join(home, 'data', 'demo-mail'));
      return found.length === 2 ? found : undefined;
    });
    const [acknowledgement, reply] = mails;
    expect(acknowledgement?.text).toContain(ticket.number);
    expect(reply).toMatchObject({
      inReplyTo: '<first@student.example>',
      subject: expect.stringContaining('Забыл пароль'),
      from: { address: 'help@demo.localhost' },
    });
    expect(reply?.text).toContain('Пароль придёт');
    expect(reply?.html).toContain('<strong>по ссылке</strong>');
    expect(await desk.stop()).toBe(0);
  }, 120_000);

  it('keeps everything over a kill, and refuses a second desk on the same folder', async () => {
    const first = await start();
    await write(first, 'kept@student.example', 'До падения');
    const before = await ticketOf(first, 'До падения');
    const second = await runLauncher({
      DATA_DIR: join(home, 'data'),
      PORT: '0',
      DEMO_SMTP_PORT: '0',
      DESK_LOCALE: 'en',
    });
    expect(second.status).toBe(1);
    expect(second.said).toContain('already runs');
    expect(second.said).not.toContain('    at ');

    await first.kill();
    const again = await start();
    expect(await call<Ticket>(again, `/tickets/${before.id}`)).toMatchObject({ number: before.number });
    await write(again, 'kept@student.example', 'До падения');
    await write(again, 'next@student.example', 'После падения');
    expect(await ticketOf(again, 'После падения')).toMatchObject({ state: 'open' });
    const { items } = await call<{ items: unknown[] }>(again, '/tickets');
    expect(items).toHaveLength(2);
  }, 180_000);

  it('works on a PostgreSQL and a Redis that it is given', async () => {
    const [database, redis] = [await aDatabase(), await TestRedis.start()];
    try {
      const desk = await start({ DATABASE_URL: database.url, ...(redis && { REDIS_URL: redis.url }) });
      await write(desk, 'given@student.example', 'На своих серверах');
      expect(await ticketOf(desk, 'На своих серверах')).toMatchObject({ state: 'open' });
      expect(await desk.stop()).toBe(0);
    } finally {
      await redis?.close();
      await database.close();
    }
  }, 120_000);

  it.each<[string, (server: { port: number }) => NodeJS.ProcessEnv, string]>([
    ['a taken port', ({ port }) => ({ PORT: String(port) }), 'PORT: '],
    [
      'a taken port of the demo mailbox',
      ({ port }) => ({ PORT: '0', DEMO_SMTP_PORT: String(port) }),
      'DEMO_SMTP_PORT: ',
    ],
    ['a folder that cannot be made', () => ({ PORT: '0', DEMO_SMTP_PORT: '0', DATA_DIR: '/proc/desk' }), 'DATA_DIR: '],
    [
      'a database that is not there',
      () => ({ PORT: '0', DEMO_SMTP_PORT: '0', DATABASE_URL: 'postgres://127.0.0.1:1/none' }),
      'DATABASE_URL: ',
    ],
  ])(
    'says in words that %s is in the way',
    async (_what, env, told) => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      try {
        const wanted = { DATA_DIR: join(home, 'data'), DESK_LOCALE: 'en', ...env(server.address() as AddressInfo) };
        const { status, said } = await runLauncher(wanted);
        expect([status, said.startsWith(told)]).toEqual([1, true]);
        expect(said).not.toContain('    at ');
      } finally {
        server.close();
      }
    },
    60_000,
  );

  it('names every fault of the configuration at once and starts nothing', async () => {
    const { status, said } = await runLauncher({
      DATA_DIR: home,
      PORT: 'many',
      REDIS_URL: 'http://x',
      LOG_LEVEL: 'loud',
      SECRET_KEY: 'short',
      BOOTSTRAP_API_KEY: 'short',
      ADMIN_EMAIL: 'a@desk.example',
      DESK_LOCALE: 'en',
    });
    expect(status).toBe(2);
    for (const name of ['PORT', 'REDIS_URL', 'LOG_LEVEL', 'SECRET_KEY', 'BOOTSTRAP_API_KEY', 'ADMIN_PASSWORD']) {
      expect(said).toMatch(new RegExp(`^ *${name}: `, 'm'));
    }
    expect(await readdir(home)).toEqual([]);
  }, 30_000);
});
