import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import type { AddressOf } from '#libs/channels';
import { HttpProxyAgent, HttpsProxyAgent } from 'hpagent';
import { SocksClient } from 'socks';

/** Where a request goes, as Node's agent hands it over. */
interface Target {
  readonly host: string;
  readonly port: number | string;
  readonly servername?: string;
}

export interface Route {
  readonly apiRoot: string;
  readonly proxy: string | undefined;
  /** Where to connect to for a host; without it whatever its name means. */
  readonly addressOf?: AddressOf | undefined;
}

/** What happens between connecting and writing. */
export interface Gate {
  /** Runs when a connection stands and not a byte of the request has been written; a rejection closes it. */
  pass(): Promise<void>;
  /** The connection is handed over: from here bytes may leave. */
  passed(): void;
}

const connectTimeoutMs = 10_000;

/**
 * An agent that goes the account's route and stops at `gate` before anything is written. So all that can go wrong
 * before (name, refusal, TLS, proxy) surely delivered nothing, which no error code could tell.
 */
export function routedAgent(route: Route, gate?: Gate): http.Agent {
  const secure = new URL(route.apiRoot).protocol === 'https:';
  const connect = async (target: Target): Promise<net.Socket> => {
    const socket = await dial(route, target, secure);
    try {
      await gate?.pass();
      if (socket.destroyed) throw new Error('the connection was lost before the request');
    } catch (error) {
      socket.destroy();
      throw error;
    }
    gate?.passed();
    return socket;
  };
  const createConnection = (target: Target, done: (error: Error | null, socket?: net.Socket) => void): void => {
    connect(target).then(
      (socket) => done(null, socket),
      (error: unknown) => done(error as Error),
    );
  };
  const agent = new http.Agent({ keepAlive: !gate, maxSockets: 20 });
  return Object.assign(agent, { createConnection, ...(secure && { protocol: 'https:', defaultPort: 443 }) });
}

function dial({ proxy, addressOf }: Route, target: Target, secure: boolean): Promise<net.Socket> {
  if (proxy) {
    const url = addressed(new URL(proxy), addressOf);
    return url.protocol.startsWith('socks') ? throughSocks(url, target, secure) : throughHttp(url, target, secure);
  }
  const { servername = target.host } = target;
  const host = addressOf?.(target.host) ?? target.host;
  const port = Number(target.port);
  return secure
    ? standing(tls.connect({ host, port, servername }), 'secureConnect')
    : standing(net.connect({ host, port }), 'connect');
}

/** The proxy by its address. One that speaks TLS keeps its name, which stands in its certificate. */
function addressed(proxy: URL, addressOf: AddressOf | undefined): URL {
  if (!addressOf || proxy.protocol === 'https:') return proxy;
  const address = addressOf(proxy.hostname);
  const url = new URL(proxy);
  url.hostname = address.includes(':') ? `[${address}]` : address;
  return url;
}

async function throughSocks(
  proxy: URL,
  { host, port, servername = host }: Target,
  secure: boolean,
): Promise<net.Socket> {
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    timeout: connectTimeoutMs,
    destination: { host, port: Number(port) },
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
  return secure ? standing(tls.connect({ socket, servername }), 'secureConnect') : watched(socket as net.Socket);
}

function throughHttp(proxy: URL, target: Target, secure: boolean): Promise<net.Socket> {
  const agent = new (secure ? HttpsProxyAgent : HttpProxyAgent)({ proxy });
  return new Promise((resolve, reject) => {
    agent.createConnection({ ...target, timeout: connectTimeoutMs }, (error, stream) => {
      const socket = stream as net.Socket;
      if (error) reject(error);
      else resolve(secure ? standing(socket, 'secureConnect') : watched(socket));
    });
  });
}

/** Waits until bytes could be written: connected, and for TLS with the server's certificate believed. */
function standing(socket: net.Socket, event: 'connect' | 'secureConnect'): Promise<net.Socket> {
  watched(socket);
  return new Promise((resolve, reject) => {
    const end = (): void => void socket.setTimeout(0).removeAllListeners('timeout');
    socket.setTimeout(connectTimeoutMs, () => socket.destroy(new Error('the connection took too long')));
    socket.once('error', (error) => (end(), reject(error)));
    socket.once(event, () => (end(), resolve(socket)));
  });
}

/** A connection may break while it waits at the gate and nobody else listens: that must not end the process. */
const watched = (socket: net.Socket): net.Socket => socket.on('error', () => socket.destroy());
