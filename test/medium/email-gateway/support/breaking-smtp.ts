import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export const stages = ['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'body', 'dot'] as const;
export type Stage = (typeof stages)[number];
export type Break = 'reset' | 'fin' | 'silence';

export interface BreakingSmtp {
  readonly port: number;
  /** Mails that the server has taken whole, answered or not. */
  readonly stored: () => number;
  /** Resolves when the stage was reached. */
  readonly reached: Promise<void>;
  close(): Promise<void>;
}

/** An SMTP server that speaks as it should up to `stage` and then breaks, or says `reply` there. */
export async function breakingSmtp(stage: Stage, how: Break | { readonly reply: string }): Promise<BreakingSmtp> {
  let stored = 0;
  let tell = (): void => undefined;
  const reached = new Promise<void>((resolve) => (tell = resolve));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const session = new Session(socket, stage, how, () => (stored += 1), tell);
    session.at('greeting', '220 breaking ESMTP');
    socket.on('data', (chunk: Buffer) => session.hear(chunk.toString('latin1')));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stored: () => stored,
    reached,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

class Session {
  private rest = '';
  private inBody = false;
  private broken = false;

  constructor(
    private readonly socket: Socket,
    private readonly stage: Stage,
    private readonly how: Break | { readonly reply: string },
    private readonly store: () => void,
    private readonly tell: () => void,
  ) {}

  hear(data: string): void {
    if (this.broken) return;
    if (this.inBody && this.stage === 'body') return this.at('body', '');
    this.rest += data;
    for (let end = this.nextEnd(); end >= 0 && !this.broken; end = this.nextEnd()) {
      const line = this.rest.slice(0, end);
      this.rest = this.rest.slice(end + (this.inBody ? 5 : 2));
      this.line(line);
    }
  }

  /** Says `reply`, or breaks if this is the stage for it. */
  at(stage: Stage, reply: string): void {
    if (stage !== this.stage) return void this.socket.write(`${reply}\r\n`);
    this.tell();
    if (typeof this.how === 'object') return void this.socket.write(`${this.how.reply}\r\n`);
    this.broken = true;
    if (this.how === 'reset') this.socket.resetAndDestroy();
    else if (this.how === 'fin') this.socket.end();
    else this.socket.pause();
  }

  private nextEnd = (): number => this.rest.indexOf(this.inBody ? '\r\n.\r\n' : '\r\n');

  private line(line: string): void {
    if (this.inBody) {
      this.inBody = false;
      this.store();
      return this.at('dot', '250 2.0.0 taken');
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') return this.at('ehlo', '250 breaking');
    if (verb === 'MAIL') return this.at('mail', '250 ok');
    if (verb === 'RCPT') return this.at('rcpt', '250 ok');
    if (verb !== 'DATA') return void this.socket.write('502 5.5.1 no\r\n');
    this.at('data', '354 go on');
    this.inBody = true;
  }
}
