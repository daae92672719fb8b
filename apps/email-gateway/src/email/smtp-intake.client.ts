import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Account, Inbox, RawItem } from '#libs/channels';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { mailKeys } from './mail-key.js';
import { MailBatch } from './mail-batch.client.js';
import { mailLimits } from './mail-limits.js';
import { accountRetry, mailTrouble } from './mail-trouble.js';
import { ownRecipient } from './own-recipient.js';
import type { EmailSettings, IntakeSettings } from './settings.js';
import { traceHeader } from './trace-header.js';

/** Mails that are being received hold at most this much memory together; more are asked to come again. */
const memoryLimit = 256 * 1024 * 1024;
const maxClients = 200;

/** Takes mail that a server hands over by SMTP or LMTP: 250 says that it is committed, and nothing else does. */
@Injectable()
export class SmtpIntakeClient {
  /** Listens until `stop` fires; then lets transfers that are under way end. */
  async receive(
    account: Account<EmailSettings>,
    settings: IntakeSettings,
    inbox: Inbox,
    stop: AbortSignal,
  ): Promise<void> {
    const intake = new Intake(account, new MailBatch(inbox), stop);
    const server = intakeServer(settings, intake);
    try {
      await listening(server, settings);
    } catch (error) {
      const { code } = mailTrouble(error);
      const trouble = { code, detail: `${settings.host}:${settings.port}` };
      await inbox.report(trouble);
      throw accountRetry(trouble, error);
    }
    // Errors of single connections (resets, bad commands) concern nobody else.
    server.on('error', () => undefined);
    await inbox.report(undefined);
    if (!stop.aborted)
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

function intakeServer(settings: IntakeSettings, intake: Intake): SMTPServer {
  return new SMTPServer({
    lmtp: settings.type === 'lmtp',
    name: 'switchboard',
    size: mailLimits.mailBytes,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    maxClients,
    socketTimeout: 60_000,
    closeTimeout: 3000,
    onMailFrom: (_address, _session, callback) => callback(intake.refusal()),
    onRcptTo: ({ address }, _session, callback) => callback(intake.recipientRefusal(address)),
    onData: (stream, session, callback) => {
      intake.take(stream, session).then(
        () => callback(null),
        (error: unknown) => callback(error as Error),
      );
    },
  });
}

function listening(server: SMTPServer, { host, port }: IntakeSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The decisions of one listening account. */
class Intake {
  private held = 0;

  constructor(
    private readonly account: Account<EmailSettings>,
    private readonly batch: MailBatch,
    private readonly stop: AbortSignal,
  ) {}

  refusal(): Error | null {
    if (this.stop.aborted) return reply(421, '4.3.2 Closing, come again');
    return this.held > memoryLimit ? reply(452, '4.3.1 Busy, come again') : null;
  }

  recipientRefusal(address: string): Error | null {
    return ownRecipient(address, this.account) ? null : reply(550, '5.1.1 No such mailbox here');
  }

  async take(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const bytes = await this.read(stream);
    try {
      if (bytes.length > mailLimits.mailBytes) throw reply(552, '5.3.4 Too large');
      await this.batch.put(itemOf(bytes, session));
    } catch (error) {
      throw 'responseCode' in (error as Error) ? error : reply(451, '4.3.0 Not stored, come again', error);
    } finally {
      this.held -= bytes.length;
    }
  }

  /** All of the mail, or as much as the limit lets in; what is over it is read and dropped. */
  private async read(stream: SMTPServerDataStream): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (size > mailLimits.mailBytes) continue;
        chunks.push(chunk);
        size += chunk.length;
        this.held += chunk.length;
      }
    } catch (error) {
      this.held -= size;
      throw reply(451, '4.4.2 Transfer broken off', error);
    }
    return Buffer.concat(chunks, size);
  }
}

function itemOf(mail: Buffer, session: SMTPServerSession): RawItem {
  const id = randomBytes(9).toString('base64url');
  const { mailFrom, rcptTo } = session.envelope;
  const trace = traceHeader({
    id,
    at: new Date(),
    protocol: session.transmissionType,
    clientName: session.hostNameAppearsAs || '',
    clientAddress: session.remoteAddress,
    sender: mailFrom ? mailFrom.address : '',
    recipients: rcptTo.map(({ address }) => address),
  });
  const bytes = Buffer.concat([Buffer.from(trace), mail]);
  return { ...mailKeys(bytes), source: { transfer: id }, bytes };
}

/** An answer to the client; `responseCode` is what smtp-server reads. */
function reply(responseCode: number, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { responseCode });
}
