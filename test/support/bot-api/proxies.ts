import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';

/** A proxy that counts what goes through it. */
export interface Proxy {
  readonly port: number;
  readonly tunnels: string[];
  close(): Promise<void>;
}

async function listening(server: Server, tunnels: string[]): Promise<Proxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    tunnels,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** An HTTP proxy with CONNECT, for `user` with `secret` only. */
export function anHttpProxy(): Promise<Proxy> {
  const tunnels: string[] = [];
  const expected = `Basic ${Buffer.from('user:secret').toString('base64')}`;
  const server = createHttpServer().on('connect', (request, socket: Socket) => {
    if (request.headers['proxy-authorization'] !== expected) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    join(socket, net.connect(Number(port), host), 'HTTP/1.1 200 OK\r\n\r\n');
  });
  return listening(server, tunnels);
}

/** A SOCKS5 proxy without authentication (RFC 1928, CONNECT to an IPv4 address or a name). */
export function aSocksProxy(): Promise<Proxy> {
  const tunnels: string[] = [];
  const server = net.createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.from([5, 0]));
      socket.once('data', (request) => {
        const named = request[3] === 3;
        const end = named ? 5 + (request[4] ?? 0) : 8;
        const host = named ? request.subarray(5, end).toString() : [...request.subarray(4, 8)].join('.');
        const port = request.readUInt16BE(end);
        tunnels.push(`${host}:${port}`);
        join(socket, net.connect(port, host), Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
      });
    });
  });
  return listening(server, tunnels);
}

function join(near: Socket, far: Socket, greeting: string | Buffer): void {
  far.once('connect', () => {
    near.write(greeting);
    near.pipe(far).pipe(near);
  });
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy());
}
