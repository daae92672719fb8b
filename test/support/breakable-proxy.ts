import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Passes TCP on to a server, until the line is cut: how a server looks that is away, while it really goes on. */
export class BreakableProxy {
  private readonly sockets = new Set<Socket>();
  private server: Server;
  private listening = 0;

  private constructor(private readonly target: { readonly host: string; readonly port: number }) {}

  static async start(target: { readonly host: string; readonly port: number }): Promise<BreakableProxy> {
    const proxy = new BreakableProxy(target);
    await proxy.mend();
    return proxy;
  }

  get port(): number {
    return this.listening;
  }

  /** Breaks every connection and refuses new ones. */
  async cut(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  async mend(): Promise<void> {
    this.server = createServer((client) => this.pass(client)).listen(this.listening, '127.0.0.1');
    await once(this.server, 'listening');
    this.listening = (this.server.address() as AddressInfo).port;
  }

  private pass(client: Socket): void {
    const upstream = connect(this.target);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true).pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
