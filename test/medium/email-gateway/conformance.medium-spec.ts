import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { adapterConformance, type Behaviour, type OtherSide } from '#libs/channels/testing';
import { outboundMessage } from '#libs/contracts';
import type { EmailSettings } from '../../../apps/email-gateway/src/email/settings.js';
import { mailFixture } from '../../fixtures/mail/read-fixture.js';
import { anAccount, anAdapter } from './support/adapter.js';
import { freePort } from '../../support/free-port.js';

const message = outboundMessage.parse({
  v: 1,
  to: 'anna@school.test',
  text: 'Здравствуйте! Пароль сброшен.',
  subject: 'Вход',
  ticketNumber: '1042',
  locale: 'ru',
});

async function smtpServer(): Promise<OtherSide<EmailSettings>> {
  let behaviour: Behaviour = 'accept';
  let delivered = 0;
  const answer = { throttle: [451, '4.7.1 later'], refuse: [550, '5.7.1 no'] } as const;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 1,
    onData(stream, _session, callback) {
      stream.resume().on('end', () => {
        if (behaviour === 'throttle' || behaviour === 'refuse') {
          const [responseCode, text] = answer[behaviour];
          return callback(Object.assign(new Error(text), { responseCode }));
        }
        delivered += 1;
        if (behaviour === 'accept') callback();
      });
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    account: anAccount({
      receive: { type: 'smtp', host: '127.0.0.1', port: await freePort() },
      send: { type: 'smtp', host: '127.0.0.1', port, tls: 'none' },
    }),
    behave: (how) => (behaviour = how),
    delivered: () => delivered,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

adapterConformance<EmailSettings>({
  adapter: anAdapter,
  facts: { id: '1', address: 'help@desk.test', ownAddresses: ['help@desk.test'] },
  samples: ['gmail-ru-reply', 'outlook-ru-reply', 'bounce-rfc3464-yandex', 'no-headers', 'inline-image'].map(
    (name) => ({
      name,
      raw: { externalKey: name, source: {}, bytes: mailFixture(name) },
    }),
  ),
  refused: [],
  message,
  open: smtpServer,
});

describe('sending into a folder', () => {
  let path: string;
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'mail-folder-'));
  });
  afterAll(() => rm(path, { recursive: true, force: true }));

  const item = {
    message,
    externalId: 'tkv3m2.abcdefghjkmn',
    createdAt: new Date('2026-10-12T07:15:00Z'),
    file: () => Promise.reject(new Error('no files')),
  };
  const stop = new AbortController().signal;

  it('writes one whole mail, however often it is tried', async () => {
    const account = anAccount({ send: { type: 'folder', path: join(path, 'out') } });
    const shut = (): Promise<void> => Promise.reject(new Error('lease lost'));
    await expect(anAdapter().send(account, item, shut, stop)).rejects.toThrow('lease lost');
    expect(await readdir(join(path, 'out'))).toEqual([]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await anAdapter().send(account, item, async () => undefined, stop)).toEqual({
        providerId: 'tkv3m2.abcdefghjkmn@desk.test',
      });
    }
    const files = await readdir(join(path, 'out'));
    expect(files).toEqual(['20261012T071500000Z-tkv3m2.abcdefghjkmn.eml']);
    const mail = await readFile(join(path, 'out', files[0]!), 'latin1');
    expect(mail).toMatch(/^From: help@desk\.test\r$/m);
    expect(mail).toMatch(/^Message-ID: <tkv3m2\.abcdefghjkmn@desk\.test>\r$/m);
  });

  it('holds the account when the folder can not be written', async () => {
    const notFolder = join(path, 'file');
    await writeFile(notFolder, '');
    const account = anAccount({ send: { type: 'folder', path: join(notFolder, 'out') } });
    await expect(anAdapter().send(account, item, async () => undefined, stop)).rejects.toMatchObject({
      scope: 'account',
    });
    expect(await anAdapter().verify(account, stop)).toContainEqual(
      expect.objectContaining({ step: 'send.folder', ok: false, code: 'folder-unwritable' }),
    );
  });
});
