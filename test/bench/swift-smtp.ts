import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** An SMTP server that takes everything, keeps nothing and costs next to nothing: the world behind the desk. */
export class SwiftSmtp {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SwiftSmtp> {
    const server = createServer();
    const smtp = new SwiftSmtp(server);
    server.on('connection', (socket) => smtp.serve(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return smtp;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    let rest = '';
    let inBody = false;
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      for (;;) {
        const mark = inBody ? '\r\n.\r\n' : '\r\n';
        const end = rest.indexOf(mark);
        if (end < 0) return;
        const line = rest.slice(0, end);
        rest = rest.slice(end + mark.length);
        const isData = !inBody && /^data$/i.test(line);
        socket.write(isData ? '354 go on\r\n' : '250 2.0.0 ok\r\n');
        inBody = isData;
      }
    });
    socket.write('220 swift ESMTP\r\n');
  }
}
