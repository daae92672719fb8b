import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';
import { SocksClient } from 'socks';

/** Where a request goes, as Node's agent hands it over. */
interface Target {
  readonly host: string;
  readonly port: number | string;
  readonly servername?: string;
}
type Connected = (error: Error | null, socket?: net.Socket) => void;

/** Runs when a connection stands and not a byte of the request has been written; a rejection closes it. */
export type Gate = () => Promise<void>;

export interface Route {
  readonly apiRoot: string;
  readonly proxy: string | undefined;
}

const connectTimeoutMs = 10_000;

/**
 * An agent that goes the account's route and asks `gate` between the connecting and the writing. So all that can go
 * wrong before the gate (name, refusal, TLS, proxy) surely delivered nothing, which no error code could tell.
 */
export function gatedAgent(route: Route, gate: Gate, keepAlive: boolean): http.Agent {
  const secure = new URL(route.apiRoot).protocol === 'https:';
  const connect = async (target: Target): Promise<net.Socket> => {
    const socket = await opened(dial(route, target, secure), secure);
    try {
      await gate();
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return socket;
  };
  const createConnection = (target: Target, done: Connected): void => {
    connect(target).then(
      (socket) => done(null, socket),
      (error: unknown) => done(error as Error),
    );
  };
  const agent = new http.Agent({ keepAlive, maxSockets: 20 });
  return Object.assign(agent, { createConnection, ...(secure && { protocol: 'https:', defaultPort: 443 }) });
}

function dial({ proxy }: Route, target: Target, secure: boolean): Promise<net.Socket> | net.Socket {
  if (!proxy) {
    const { host, port, servername = host } = target;
    return secure ? tls.connect({ host, port: Number(port), servername }) : net.connect({ host, port: Number(port) });
  }
  const url = new URL(proxy);
  return url.protocol.startsWith('socks') ? throughSocks(url, target, secure) : throughHttp(url, target, secure);
}

async function throughSocks(proxy: URL, target: Target, secure: boolean): Promise<net.Socket> {
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    timeout: connectTimeoutMs,
    destination: { host: target.host, port: Number(target.port) },
    proxy: {
      host: proxy.hostname,
      port: Number(proxy.port || 1080),
      type: proxy.protocol === 'socks4:' ? 4 : 5,
      ...(proxy.username && {
        userId: decodeURIComponent(proxy.username),
        password: decodeURIComponent(proxy.password),
      }),
    },
  });
  return secure ? tls.connect({ socket, servername: target.servername ?? target.host }) : (socket as net.Socket);
}

function throughHttp(proxy: URL, target: Target, secure: boolean): Promise<net.Socket> {
  const agent = new (secure ? HttpsProxyAgent : HttpProxyAgent)({ proxy });
  return new Promise((resolve, reject) => {
    agent.createConnection({ ...target, timeout: connectTimeoutMs }, (error, socket) => {
      if (error) reject(error);
      else resolve(socket as net.Socket);
    });
  });
}

/** Waits until bytes could be written: connected, and for TLS with the server's certificate believed. */
async function opened(dialled: Promise<net.Socket> | net.Socket, secure: boolean): Promise<net.Socket> {
  const socket = await dialled;
  if (!secure && !socket.connecting) return socket;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(connectTimeoutMs, () => fail(new Error('the connection took too long')));
    socket.once('error', fail);
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0);
      socket.removeAllListeners('timeout');
      socket.off('error', fail);
      resolve(socket);
    });
  });
}
