import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import type { Account, AddressOf, Check } from '#libs/channels';
import { Retry } from '#libs/contracts';
import { senderAddress } from './compose-mail.js';
import { ImapIntakeClient } from './imap-intake.client.js';
import { MailFolderClient } from './mail-folder.client.js';
import { mailTrouble } from './mail-trouble.js';
import type { EmailSettings, FolderSettings, ImapSettings, SmtpSettings } from './settings.js';
import { SmtpClient } from './smtp.client.js';

/** Tries an account against its real servers, one step after another, up to the first that fails on each side. */
@Injectable()
export class AccountCheckClient {
  constructor(
    private readonly imap: ImapIntakeClient,
    private readonly smtp: SmtpClient,
    private readonly folder: MailFolderClient,
  ) {}

  async verify(account: Account<EmailSettings>, stop: AbortSignal, addressOf?: AddressOf): Promise<readonly Check[]> {
    const { receive, send } = account.settings;
    const checks: Check[] = [];
    const hasAddress = senderAddress(undefined, account) !== undefined;
    checks.push(hasAddress ? { step: 'address', ok: true } : { step: 'address', ok: false, code: 'no-address' });
    if (receive?.type === 'imap') checks.push(...(await this.receiving(receive, stop, addressOf)));
    if (send?.type === 'smtp') checks.push(...(await this.sending(send, stop, addressOf)));
    if (send?.type === 'folder') checks.push(...(await this.writing(send)));
    return checks;
  }

  private async receiving(settings: ImapSettings, stop: AbortSignal, addressOf?: AddressOf): Promise<Check[]> {
    const resolved = await resolving('receive', settings.host, addressOf);
    if (resolved.some(({ ok }) => !ok)) return resolved;
    const address = addressOf?.(settings.host);
    const client = await this.imap.connect(settings, stop, address).catch((error: unknown) => failure(error));
    if (!('mailboxOpen' in client)) return [...resolved, ...signIn('receive', client)];
    try {
      const opened: Check[] = [];
      for (const mailbox of settings.mailboxes) {
        const fault = await client.mailboxOpen(mailbox, { readOnly: true }).then(() => undefined, failure);
        opened.push({ step: 'receive.mailbox', ok: fault === undefined, ...fault, detail: mailbox });
      }
      return [...resolved, ...signIn('receive'), ...opened];
    } finally {
      client.close();
    }
  }

  private async sending(settings: SmtpSettings, stop: AbortSignal, addressOf?: AddressOf): Promise<Check[]> {
    const resolved = await resolving('send', settings.host, addressOf);
    if (resolved.some(({ ok }) => !ok)) return resolved;
    const fault = await this.smtp.verify(settings, stop, addressOf?.(settings.host)).then(() => undefined, failure);
    return [...resolved, ...signIn('send', fault)];
  }

  private async writing(settings: FolderSettings): Promise<Check[]> {
    const fault = await this.folder.verify(settings).then(() => undefined, failure);
    return [{ step: 'send.folder', ok: fault === undefined, ...fault }];
  }
}

interface Failure {
  readonly code: string;
  readonly detail: string;
}

/** A `Retry` of ours says the code itself, before a colon. */
function failure(error: unknown): Failure {
  if (!(error instanceof Retry)) return mailTrouble(error);
  const [code = '', detail = ''] = error.message.split(': ', 2);
  return { code, detail };
}

/** Whether the name of a server means anything; not asked again where its address was looked at. */
async function resolving(side: string, host: string, addressOf: AddressOf | undefined): Promise<Check[]> {
  if (addressOf) return [];
  const step = `${side}.resolve`;
  return lookup(host).then(
    () => [{ step, ok: true }],
    () => [{ step, ok: false, code: 'unknown-host', detail: host }],
  );
}

/** Connecting and signing in as two steps: a refused password shows that the way there is open. */
function signIn(side: string, fault?: Failure): Check[] {
  const [connect, login] = [`${side}.connect`, `${side}.login`];
  if (!fault) return [connect, login].map((step) => ({ step, ok: true }));
  const reached = fault.code === 'wrong-password' || fault.code.startsWith('oauth');
  return reached
    ? [
        { step: connect, ok: true },
        { step: login, ok: false, ...fault },
      ]
    : [{ step: connect, ok: false, ...fault }];
}
