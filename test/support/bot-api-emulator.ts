import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, badRequest } from './bot-api/api-error.js';
import { BotMethods, type Accepted } from './bot-api/bot-methods.js';
import { Chats, type UserAct } from './bot-api/chats.js';
import { readBody, type Body } from './bot-api/read-body.js';
import { UpdateQueue, type Update } from './bot-api/update-queue.js';

/**
 * What goes wrong with a call. `drop-before`: the connection breaks and nothing was taken; `drop-after`: it breaks
 * when the server has done it; `silent`: done, and no answer ever comes.
 */
export type Fault =
  | { readonly status: number; readonly description?: string; readonly retryAfter?: number }
  | 'drop-before'
  | 'drop-after'
  | 'silent';

interface PlannedFault {
  readonly fault: Fault;
  readonly method: RegExp;
  left: number;
}

/** Telegram's server for one bot, over HTTP, as the desk meets it; and the people who write to the bot. */
export class BotApiEmulator {
  readonly token = '123456:AAEmulatedTokenOfNobody_0123456789';
  readonly bot = { id: 123_456, is_bot: true, first_name: 'Desk', username: 'desk_bot' };
  readonly updates = new UpdateQueue();
  readonly chats = new Chats(this.updates, this.bot);
  /** Every message of the bot that was taken, in order. */
  readonly accepted: Accepted[] = [];
  /** Names of all methods that were called, in order. */
  readonly calls: string[] = [];
  /** By language code; '' for everybody else. */
  readonly commands = new Map<string, unknown>();
  private readonly events = new EventEmitter();
  private readonly methods = new BotMethods(this.chats, (message) => {
    this.accepted.push(message);
    this.events.emit('change');
  });
  private faults: PlannedFault[] = [];
  private server: Server;

  static async start(): Promise<BotApiEmulator> {
    const emulator = new BotApiEmulator();
    emulator.server = createServer((request, response) => {
      emulator.handle(request, response).catch(() => response.destroy());
    });
    emulator.server.listen(0, '127.0.0.1');
    await once(emulator.server, 'listening');
    return emulator;
  }

  /** What an account's `apiRoot` is set to. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  userSends(act: UserAct): number[] {
    return this.chats.userSends(act);
  }

  /** Plans `fault` for the next `times` calls of the methods that match. */
  fail(fault: Fault, { method = /^send/, times = 1 }: { method?: RegExp; times?: number } = {}): void {
    this.faults.push({ fault, method, left: times });
  }

  heal(): void {
    this.faults = [];
  }

  /** Waits for something that calls change: a message that was taken, an update that was acknowledged. */
  async until(holds: () => boolean, timeoutMs = 10_000): Promise<void> {
    const signal = AbortSignal.timeout(timeoutMs);
    while (!holds()) await once(this.events, 'change', { signal });
  }

  /** The messages of a chat, once there are `count`. */
  async received(chat: number, count: number, timeoutMs?: number): Promise<Accepted[]> {
    const of = (): Accepted[] => this.accepted.filter((message) => message.chat === chat);
    await this.until(() => of().length >= count, timeoutMs);
    return of();
  }

  async close(): Promise<void> {
    this.updates.close();
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, token, name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    if (!token) return this.download(url.pathname, response);
    const body = await readBody(request, url.searchParams);
    this.calls.push(name);
    const fault = this.takeFault(name);
    if (fault === 'drop-before') return void response.destroy();
    const answering = this.answer(token, name, body, fault, response);
    this.events.emit('change');
    const answer = await answering;
    this.events.emit('change');
    if (fault === 'drop-after') return void response.destroy();
    if (fault === 'silent') return;
    response.writeHead(answer.ok ? 200 : answer.error_code, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  private async answer(
    token: string,
    name: string,
    body: Body,
    fault: Fault | undefined,
    response: ServerResponse,
  ): Promise<
    { ok: true; result: unknown } | { ok: false; error_code: number; description: string; parameters?: object }
  > {
    try {
      if (typeof fault === 'object') throw refusal(fault);
      if (token !== this.token) throw new ApiError(401, 'Unauthorized');
      return { ok: true, result: await this.call(name, body, response) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { status, description, parameters } = error;
      return { ok: false, error_code: status, description, ...(parameters && { parameters }) };
    }
  }

  private call(name: string, body: Body, response: ServerResponse): unknown {
    const { fields } = body;
    switch (name) {
      case 'getMe':
        return this.bot;
      case 'getUpdates':
        return this.getUpdates(fields, response);
      case 'setWebhook':
        return this.setWebhook(fields);
      case 'deleteWebhook':
        this.updates.setHook(undefined);
        return true;
      case 'getWebhookInfo':
        return this.updates.info();
      case 'setMyCommands':
        this.commands.set(textOf(fields.language_code), fields.commands);
        return true;
      case 'answerCallbackQuery':
        return true;
      case 'getFile':
        return this.chats.fileFacts(textOf(fields.file_id));
      default:
        return this.deliver(name, body);
    }
  }

  private deliver(name: string, body: Body): unknown {
    switch (name) {
      case 'sendMessage':
      case 'sendPhoto':
      case 'sendDocument':
      case 'sendVoice':
      case 'sendMediaGroup':
      case 'editMessageText':
        return this.methods[name](body);
      default:
        throw new ApiError(404, 'Not Found: method not found');
    }
  }

  private getUpdates(fields: Body['fields'], response: ServerResponse): Promise<Update[]> {
    const { offset = 0, limit = 100, timeout = 0 } = fields;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    return this.updates.poll(Number(offset), Number(limit), Number(timeout) * 1000, gone.signal);
  }

  private setWebhook({ url, secret_token }: Body['fields']): true {
    if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(textOf(secret_token))) {
      throw badRequest('secret token contains unallowed characters');
    }
    this.updates.setHook(url ? { url: textOf(url), secret: secret_token as string | undefined } : undefined);
    return true;
  }

  private download(path: string, response: ServerResponse): void {
    const prefix = `/file/bot${this.token}/`;
    const bytes = path.startsWith(prefix)
      ? this.chats.fileAt(decodeURIComponent(path.slice(prefix.length)))
      : undefined;
    this.calls.push('file');
    response.writeHead(bytes ? 200 : 404, { 'content-type': 'application/octet-stream' });
    response.end(bytes);
  }

  private takeFault(method: string): Fault | undefined {
    const planned = this.faults.find((plan) => plan.left > 0 && plan.method.test(method));
    if (planned) planned.left -= 1;
    return planned?.fault;
  }
}

const textOf = (field: unknown): string => (typeof field === 'string' ? field : '');

const words: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  502: 'Bad Gateway',
};

function refusal({ status, description, retryAfter }: Extract<Fault, object>): ApiError {
  if (retryAfter === undefined) return new ApiError(status, description ?? words[status] ?? 'Bad Request');
  return new ApiError(status, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });
}
