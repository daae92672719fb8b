import './quiet.config.js';
import http from 'node:http';
import https from 'node:https';
import type { AddressOf } from '#libs/channels';
import { Refused } from '#libs/contracts';
import { Telegram, TelegramError } from 'telegraf';
import type { Opts, Telegram as Methods } from 'telegraf/types';
import { ApiFailure, type Answer } from './api-failure.js';
import { routedAgent, type Gate, type Route } from './connection.factory.js';
import type { TelegramSettings } from './settings.js';

type Result<Method extends keyof Methods> = ReturnType<Methods[Method]>;
type Signal = NonNullable<NonNullable<Parameters<Telegram['callApi']>[2]>['signal']>;

/**
 * The Bot API of one bot. telegraf types and encodes the calls; it neither takes updates in nor repeats anything.
 * What is thrown carries no token, no text and no address.
 */
export class TelegramClient {
  private readonly route: Route;
  private readonly agent: http.Agent;

  constructor(
    private readonly settings: TelegramSettings,
    addressOf?: AddressOf,
  ) {
    this.route = { apiRoot: settings.apiRoot, proxy: settings.proxy, addressOf };
    this.agent = routedAgent(this.route);
  }

  /** A call without effect on people; `stop` ends it at any moment. */
  async call<Method extends keyof Methods>(
    method: Method,
    payload: Opts<Method>,
    stop: AbortSignal,
    timeoutMs = 20_000,
  ): Promise<Result<Method>> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]);
    try {
      return await this.request(method, payload, this.agent, signal);
    } catch (error) {
      stop.throwIfAborted();
      throw failureOf(method, error, true);
    }
  }

  /**
   * A call that delivers. It has a connection of its own: one that was kept from an earlier call may be dead, and
   * finding out by writing makes the outcome unknown. `fence` runs once the connection stands; what it throws comes
   * out as it is.
   */
  async deliver<Method extends keyof Methods>(
    method: Method,
    payload: Opts<Method>,
    fence: () => Promise<void>,
    stop: AbortSignal,
  ): Promise<Result<Method>> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(120_000)]);
    const gate = new OneWayGate(fence, signal);
    const agent = routedAgent(this.route, gate);
    try {
      return await this.request(method, payload, agent, signal);
    } catch (error) {
      if (gate.shut) throw gate.shut.reason;
      throw failureOf(method, error, gate.written);
    } finally {
      agent.destroy();
    }
  }

  /** The bytes of a file that somebody sent, at most `limit` of them. */
  async download(fileId: string, limit: number, stop: AbortSignal): Promise<Uint8Array> {
    const { file_path: path } = await this.call('getFile', { file_id: fileId }, stop);
    if (!path || !/^[^/\\:?#%]+(\/[^/\\:?#%]+)*$/.test(path) || path.split('/').includes('..')) {
      throw new Refused('unavailable', 'the server named a place that files are not fetched from');
    }
    const url = new URL(`./file/bot${this.settings.token}/${path}`, this.settings.apiRoot);
    const signal = AbortSignal.any([stop, AbortSignal.timeout(120_000)]);
    const get = url.protocol === 'https:' ? https.get : http.get;
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      get(url, { agent: this.agent, signal }, resolve).once('error', (error) => {
        reject(failureOf('file', error, true));
      });
    });
    return readLimited(response, limit);
  }

  close(): void {
    this.agent.destroy();
  }

  private request<Method extends keyof Methods>(
    method: Method,
    payload: Opts<Method>,
    agent: http.Agent,
    signal: AbortSignal,
  ): Promise<Result<Method>> {
    const telegram = new Telegram(this.settings.token, { apiRoot: this.settings.apiRoot, webhookReply: false });
    // The constructor drops an agent when apiRoot is plain HTTP, and the proxy with it.
    telegram.options.agent = agent;
    return telegram.callApi(method, payload, { signal: signal as unknown as Signal });
  }
}

/** Remembers whether the fence let the request pass, and why not. */
class OneWayGate implements Gate {
  written = false;
  shut: { readonly reason: unknown } | undefined;

  constructor(
    private readonly fence: () => Promise<void>,
    private readonly signal: AbortSignal,
  ) {}

  async pass(): Promise<void> {
    this.signal.throwIfAborted();
    await this.fence().catch((reason: unknown) => {
      this.shut = { reason };
      throw reason;
    });
    // The caller has gone in the meantime and was told that nothing was written: so nothing is.
    this.signal.throwIfAborted();
  }

  passed(): void {
    this.written = true;
  }
}

async function readLimited(response: http.IncomingMessage, limit: number): Promise<Uint8Array> {
  if (response.statusCode !== 200) {
    response.destroy();
    const answer: Answer = { status: response.statusCode ?? 0, description: 'no file', retryAfterMs: undefined };
    throw new ApiFailure('file', answer.status < 500 ? answer : undefined, true, `status ${answer.status}`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop destroys the response, so a server that lies about sizes costs no more than the limit.
      if (size > limit) throw new Refused('too-large', `more than ${limit} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof Refused ? error : failureOf('file', error, true);
  }
  return Buffer.concat(chunks);
}

/** Descriptions may quote what was sent: `can't parse entities: … "text"`. */
const withoutQuotes = (description: string): string => description.replace(/"[^"]*"/g, '"…"').slice(0, 300);

function failureOf(method: string, error: unknown, written: boolean): ApiFailure {
  if (error instanceof TelegramError && error.code < 500) {
    const retryAfter = error.parameters?.retry_after;
    const description = withoutQuotes(error.description);
    const answer = {
      status: error.code,
      description,
      retryAfterMs: retryAfter === undefined ? undefined : retryAfter * 1000,
    };
    return new ApiFailure(method, answer, written, `${error.code} ${description}`);
  }
  return new ApiFailure(method, undefined, written, reasonOf(error));
}

function reasonOf(error: unknown): string {
  if (error instanceof TelegramError) return `the server answered ${error.code}`;
  if (!(error instanceof Error)) return 'failed';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'type' in error && typeof error.type === 'string' ? error.type : error.name;
}
