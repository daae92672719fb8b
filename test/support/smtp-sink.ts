import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface SunkMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  readonly mail: Email;
  /** By lower-case name, unfolded. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What happens to a mail: a reply to its recipient, or the connection breaks when all of it has arrived. */
export type SinkFault = { readonly code: number; readonly text?: string } | 'drop-after-data';

/** A real SMTP server that keeps what it takes. */
export class SmtpSink {
  /** Everything taken, in order. */
  readonly mails: SunkMail[] = [];
  /** By recipient. */
  readonly faults = new Map<string, SinkFault>();
  private readonly changed = new EventEmitter();
  private server: SMTPServer;

  private constructor(private readonly login: { readonly user: string; readonly password: string } | undefined) {}

  /** With `login` it takes mail from nobody else. */
  static async start(login?: { readonly user: string; readonly password: string }): Promise<SmtpSink> {
    const sink = new SmtpSink(login);
    sink.server = new SMTPServer(sink.options());
    sink.server.on('error', () => undefined);
    sink.server.listen(0, '127.0.0.1');
    await once(sink.server.server, 'listening');
    return sink;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  /** The mails to an address, once there are so many. */
  async to(address: string, count = 1): Promise<SunkMail[]> {
    const found = (): SunkMail[] => this.mails.filter(({ to }) => to.includes(address));
    while (found().length < count) await once(this.changed, 'mail');
    return found();
  }

  async close(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(() => closed()));
  }

  private options(): SMTPServerOptions {
    return {
      disabledCommands: ['STARTTLS'],
      authOptional: this.login === undefined,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      onAuth: ({ username, password }, _session, done) =>
        username === this.login?.user && password === this.login?.password
          ? done(null, { user: username })
          : done(Object.assign(new Error('Authentication failed'), { responseCode: 535 })),
      onRcptTo: ({ address }, _session, done) => {
        const fault = this.faults.get(address);
        if (fault === undefined || fault === 'drop-after-data') return done();
        done(Object.assign(new Error(fault.text ?? 'refused by the test'), { responseCode: fault.code }));
      },
      onData: (stream, session, done) => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        buffer(stream)
          .then((raw) => this.take(from, to, raw))
          .then(() => {
            if (!to.some((address) => this.faults.get(address) === 'drop-after-data')) return done();
            // As if the network went at the worst moment: taken, and the answer never arrives.
            for (const connection of this.server.connections) if (connection.session === session) connection.close();
          })
          .catch(done);
      },
    };
  }

  private async take(from: string, to: readonly string[], raw: Buffer): Promise<void> {
    const mail = await PostalMime.parse(raw);
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
    this.mails.push({ from, to, raw, mail, headers });
    this.changed.emit('mail');
  }
}
