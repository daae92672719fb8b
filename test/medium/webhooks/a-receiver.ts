import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A program that is told: a real HTTP server on loopback that answers as it is told to. */
export class AReceiver {
  readonly received: Received[] = [];
  answer: (response: ServerResponse) => void = (response) => void response.writeHead(204).end();
  private readonly server = createServer(((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      this.received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      this.answer(response);
    });
  }) satisfies RequestListener);

  static async open(): Promise<AReceiver> {
    const receiver = new AReceiver();
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  says(status: number, headers: Readonly<Record<string, string>> = {}, body = ''): this {
    this.answer = (response) => void response.writeHead(status, headers).end(body);
    return this;
  }

  get bodies(): { type: string; timestamp: string; data: Record<string, unknown> }[] {
    return this.received.map(({ body }) => JSON.parse(body) as never);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
