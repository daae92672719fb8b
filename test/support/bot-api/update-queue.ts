import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from './api-error.js';

export interface Update {
  readonly update_id: number;
  readonly [kind: string]: unknown;
}

interface Poller {
  readonly answer: (updates: Update[]) => void;
  readonly fail: (error: ApiError) => void;
}

interface Hook {
  readonly url: string;
  readonly secret: string | undefined;
}

/** The real server waits longer after a failed call; a test has no time for that. */
const webhookRetryMs = 50;

/** What the server keeps for the bot until the bot has acknowledged it, by polling or by a webhook. */
export class UpdateQueue {
  private readonly pending: Update[] = [];
  private nextId = 100_000_001;
  private poller: Poller | undefined;
  private hook: Hook | undefined;
  private calling: Promise<void> | undefined;
  private readonly closing = new AbortController();
  private lastError: { last_error_date: number; last_error_message: string } | undefined;
  /** Largest offset that was asked for: every update before it counts as taken. */
  acknowledged = 0;

  add(update: Readonly<Record<string, unknown>>): number {
    const update_id = this.nextId++;
    this.pending.push({ update_id, ...update });
    this.serve();
    return update_id;
  }

  /** Makes the next update carry this number: the server may start anew after a quiet week. */
  countFrom(id: number): void {
    this.nextId = id;
  }

  /** Gives updates that were not acknowledged yet; an offset acknowledges all before it. */
  async poll(offset: number, limit: number, timeoutMs: number, gone: AbortSignal): Promise<Update[]> {
    if (this.hook) {
      throw new ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    this.poller?.fail(
      new ApiError(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    );
    this.poller = undefined;
    this.forgetBefore(offset);
    if (this.pending.length > 0 || timeoutMs === 0) return this.pending.slice(0, limit);
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        if (this.poller === poller) this.poller = undefined;
      };
      const poller: Poller = {
        answer: (updates) => (end(), resolve(updates.slice(0, limit))),
        fail: (error) => (end(), reject(error)),
      };
      const timer = setTimeout(() => poller.answer([]), timeoutMs);
      gone.addEventListener('abort', () => poller.answer([]), { once: true });
      this.poller = poller;
    });
  }

  setHook(hook: Hook | undefined): void {
    this.hook = hook;
    this.lastError = undefined;
    this.poller?.fail(new ApiError(409, 'Conflict: terminated by setWebhook request'));
    this.serve();
  }

  info(): object {
    return {
      url: this.hook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.pending.length,
      ...this.lastError,
    };
  }

  get waiting(): number {
    return this.pending.length;
  }

  close(): void {
    this.closing.abort();
    this.poller?.answer([]);
  }

  private forgetBefore(offset: number): void {
    if (offset <= 0) return;
    this.acknowledged = Math.max(this.acknowledged, offset);
    const kept = this.pending.filter((update) => update.update_id >= offset);
    this.pending.splice(0, this.pending.length, ...kept);
  }

  private serve(): void {
    if (this.pending.length > 0) this.poller?.answer([...this.pending]);
    if (this.hook) this.calling ??= this.callHook().finally(() => (this.calling = undefined));
  }

  /** One update a call, again and again until the other side says 2xx. */
  private async callHook(): Promise<void> {
    while (this.hook && this.pending.length > 0 && !this.closing.signal.aborted) {
      const [update] = this.pending;
      const failure = await post(this.hook, update as Update, this.closing.signal);
      if (failure === undefined) this.pending.splice(this.pending.indexOf(update as Update), 1);
      else {
        this.lastError = { last_error_date: Math.floor(Date.now() / 1000), last_error_message: failure };
        await wait(webhookRetryMs);
      }
    }
  }
}

async function post({ url, secret }: Hook, update: Update, signal: AbortSignal): Promise<string | undefined> {
  try {
    const headers = {
      'content-type': 'application/json',
      ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
    };
    const call = request(url, { method: 'POST', headers, signal });
    call.end(JSON.stringify(update));
    const [response] = await once(call, 'response');
    response.resume();
    const { statusCode } = response;
    return statusCode >= 200 && statusCode < 300 ? undefined : `Wrong response from the webhook: ${statusCode}`;
  } catch (error) {
    return (error as Error).message || 'Connection failed';
  }
}
